/** The rows of a table as a spreadsheet counts them: a line break inside quotes belongs to a row. */
export function rowsOf(table: string): string[] {
  const rows: string[] = [];
  let row = "";
  let quoted = false;
  for (const line of table.replace(/^\uFEFF?[\r\n]*/, "").split(/\r?\n/)) {
    row = quoted ? `${row} ${line}` : line;
    if ((line.match(/"/g) ?? []).length % 2 === 1) quoted = !quoted;
    if (!quoted) rows.push(row);
  }
  return quoted ? [...rows, row] : rows;
}
