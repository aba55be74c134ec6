/**
 * The shapes that travel between this device and the server, by the names the screens use. They
 * come from the server's own document (`npm run api`).
 */
import type { components } from "./schema.gen.ts";
import type { What } from "./shapes.ts";

export type {} from "./shapes.ts";

export type {
  Answer,
  Answers,
  AnswerState,
  BodyPlace,
  Category,
  Change,
  ChoicePart,
  ChoicesPart,
  Contact,
  ContactsPart,
  Gone,
  Option,
  Part,
  PartValue,
  PlacesPart,
  ScalePart,
  TextPart,
  DatePart,
  Drawing,
  EffectRow,
  EffectsPart,
  EffectWindow,
  EntriesPart,
  ListPart,
  PhotoRef,
  Picture,
  PicturePart,
  RecordingRef,
  SkillPick,
  SkillsPart,
  SmallStep,
  StepPart,
  Stroke,
  What,
  WordsPart,
} from "./shapes.ts";

type S = components["schemas"];

export type Uuid = string;
/** ISO-8601 with an offset. */
export type Instant = string;

/**
 * Why the server said no. `stored` and `head` (409 on a save): the sent text was kept beside the
 * entry as the server has it. `clear_at` (409 on a grant or release): when decisions count again.
 */
export type Problem = Partial<Pick<S["ConflictProblem"], "type">> &
  Omit<S["ConflictProblem"], "type"> & { clear_at?: Instant; retry_after?: number };

export type Me = S["Me"];
export type Role = Me["role"];
export type Named = S["Person"];

/** How somebody signs in. */
export type Proofs = S["Proofs"];
export type Passkey = S["Passkey"];
/** A passkey as a browser answers it. */
export type Credential = S["Credential"];
/** Where somebody is signed in. */
export type Device = S["SignedIn"];
/** Something that happened to an account. */
export type Notice = S["AccountNotice"];

/** Somebody of a clinic, as its admin sees them. */
export type Member = S["Member"];
export type Health = S["Health"];
/** Something a clinic did about the one who asks. */
export type Act = S["Act"];

export type Guide = S["Guide"];
export type Item = S["Item"];
export type NoteRule = S["NoteRule"];
export type Measure = S["Measure"];
export type Skill = S["Skill"];
/** A skill a therapist suggests, by its id. */
export type SuggestedSkill = S["GivenSkill"];
export type Effect = S["Effect"];
export type RedFlags = S["RedFlags"];
export type Phrases = S["Phrases"];
export type Agreement = S["Agreement"];
export type NotMonitored = S["NotMonitored"];
export type Library = S["Library"];
export type PhoneNumber = S["Number"];
export type CrisisLine = S["CrisisLine"];
export type Help = S["Help"];

export type Conflict = S["ConflictText"];
export type Entry = S["Entry"];
export type Saved = S["Saved"];
export type Revision = S["Revision"];
export type SyncItem = S["SyncItem"];
export type SyncResult = S["SyncResult"];
export type Changes = S["Changes"];

export type DosingSession = S["DosingSession"];
export type Rung = S["Step"];
export type Stage = Rung["stage"];
export type Care = S["Care"];

export type AgreementRef = S["AgreementRef"];
export type Grant = S["Grant"];
export type NewGrant = S["NewGrant"];
/** What was agreed to and all that became of it, to keep. */
export type ReceiptOfConsent = S["ReceiptOfConsent"];
export type Renewal = S["Renewal"];
/** A therapist asks to be shared with. */
export type Ask = S["Ask"];
/** All a therapist learns of their own asking. */
export type Asked = S["Asked"];
export type NewHandover = Omit<S["NewHandover"], "what"> & { what: What };
export type Line = S["ShownLine"];
export type Content = S["Content"];
/**
 * What became of it, also as this phone knows it. `closed`: it is out, but its grant is paused or
 * waits for a newer text, and nobody can read it. Until the server has heard of it, what was
 * paused is `closing` and what was taken back is `leaving`: both can be read. `shut`: it waits,
 * and its grant is not open either.
 */
export type Handed = Omit<S["Handed"], "state"> & {
  state: S["Handed"]["state"] | "closed" | "closing" | "leaving";
  shut?: true;
};
export type Receipt = S["Receipt"];
/** What a patient puts first on a page, by id. */
export type PageOrder = S["Order"];
/** One's own words to take out of what is handed over. */
export type Cutting = S["Cutting"];

export type PageExcerpt = S["Excerpt"];
export type Page = S["Page"];
export type Fact = S["Fact"];
export type Marks = S["Marks"];
export type Mark = keyof Marks;
export type MeasureSeries = S["MeasureSeries"];
export type ScaleSeries = S["ScaleSeries"];
export type SkillSeries = S["SkillSeries"];
export type Order = S["Order"];
export type Released = S["Released"];
export type Today = S["Today"];
/** A line that has the words looked for, in what is readable now. */
export type Found = S["Found"];
/** A therapist's own: no patient's answer has it. */
export type TherapistNote = S["Note"];
export type Suggestion = S["Suggestion"];
export type NewSuggestion = S["NewSuggestion"];
/** `new`: not read by this therapist before this sign-in; what is not in `readable` is blanked. */
export type News = S["Pulse"];
