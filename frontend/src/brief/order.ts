/** The order of a page, as the patient puts it: ids alone, no words. */
import type { Order } from "../data/across.ts";

/** So many things can stand first, and so many are sent in an order of their own. */
export const MOST_FIRST = 3;
export const MOST = 20;

export const NO_ORDER: Order = { bring: [], first: 0 };

/** The order for what is out now, which comes newest first: what is gone falls out, what is new joins at the end. */
export function arranged(order: Order, out: readonly string[]): Order {
  const kept = order.bring.filter((id) => out.includes(id));
  const first = order.bring.slice(0, order.first).filter((id) => out.includes(id)).length;
  return { bring: [...kept, ...out.filter((id) => !kept.includes(id))], first };
}

export const isFirst = (order: Order, id: string): boolean =>
  order.bring.slice(0, order.first).includes(id);

/** Puts it behind those that stand first; nothing changes once three do. */
export function putFirst(order: Order, id: string): Order {
  if (isFirst(order, id) || order.first >= MOST_FIRST || !order.bring.includes(id)) return order;
  const rest = order.bring.filter((each) => each !== id);
  rest.splice(order.first, 0, id);
  return { bring: rest, first: order.first + 1 };
}

/** Puts it at the head of the others. */
export function notFirst(order: Order, id: string): Order {
  if (!isFirst(order, id)) return order;
  const rest = order.bring.filter((each) => each !== id);
  rest.splice(order.first - 1, 0, id);
  return { bring: rest, first: order.first - 1 };
}

/** One place up or down, among those that stand with it. */
export function moved(order: Order, id: string, by: -1 | 1): Order {
  const at = order.bring.indexOf(id);
  if (!canMove(order, id, by)) return order;
  const bring = [...order.bring];
  const other = bring[at + by];
  if (other === undefined) return order;
  bring[at + by] = id;
  bring[at] = other;
  return { ...order, bring };
}

export function canMove(order: Order, id: string, by: -1 | 1): boolean {
  const at = order.bring.indexOf(id);
  const [from, to] = isFirst(order, id)
    ? [0, order.first - 1]
    : [order.first, order.bring.length - 1];
  return at >= 0 && at + by >= from && at + by <= to;
}

/** What is sent of it. */
export function sent(order: Order): Order {
  const bring = order.bring.slice(0, MOST);
  return { bring, first: Math.min(order.first, bring.length) };
}
