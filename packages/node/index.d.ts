/** The flags of an emulator that is started; files are named by their paths. */
export interface StartOptions {
  /** Further flags of `ticketbooth serve`, as `["--auth", "presence"]`. */
  flags?: string[];
  /** A world file; the demo world when left out. */
  world?: string;
  /** A scenario file, for the default sandbox. */
  scenario?: string;
  /** The seed of ids, tokens and chance. */
  seed?: number | "random";
}

/** What a sandbox begins with. */
export interface SandboxOptions {
  /** Its id: 1 to 64 letters, digits, `.`, `_` and `-`. */
  name?: string;
  /** The world file itself, as its text or as data. */
  world?: string | object;
  /** The scenario file itself, as its text or as data. */
  scenario?: string | object;
  seed?: number;
  /** `running` or `frozen`, each with `@` and an RFC 3339 time behind it or not. */
  clock?: string;
  /** Choices by the names of assumptions. */
  assume?: Record<string, string>;
  /** The test that it is for. */
  origin?: { test?: string; file?: string; line?: number };
}

/** A rule, as in a scenario file. */
export interface Rule {
  id?: string;
  /** `vendor.Action`, `vendor.*` or `vendor.visit`. */
  on: string;
  where?: Record<string, string>;
  sandbox?: string;
  calls?: unknown;
  during?: { from?: string; until?: string };
  then?: unknown;
  sequence?: unknown[];
  repeat?: unknown;
  optional?: boolean;
}

/** The calls that are expected; without a number of them it is one at least. */
export interface Expectation {
  /** `vendor.Action`, `vendor.*` or `vendor.visit`. */
  on?: string;
  /** 0 is never. */
  exactly?: number;
  atLeast?: number;
  atMost?: number;
  where?: Record<string, unknown>;
  /** The code that the calls were answered with. */
  code?: string;
  outcome?: "success" | "refused" | "scripted" | "lost";
  order?: object[];
  /** How long to wait for it: `500ms`, `5s`. */
  within?: string;
}

/** What a browser was shown at an embed link. */
export interface Visit {
  admitted: boolean;
  /** Why the page did not open: `expired`, `used-up`, `revoked` and so on; `null` where it did. */
  refusal: string | null;
  requestId: string;
  /** The page, as HTML. */
  text: string;
}

/** A call, as `GET /_ticketbooth/journal` lists it. */
export interface JournalEntry {
  request_id: string;
  at: string;
  vendor: string;
  action: string;
  http_status: number;
  outcome: string;
  code: string | null;
  rule: string | null;
  [member: string]: unknown;
}

/** A ticket, as `GET /_ticketbooth/tickets` lists it. */
export interface Ticket {
  id: string;
  vendor: string;
  status: "live" | "expired" | "used-up" | "revoked";
  uses: number;
  uses_left: number | null;
  expires_at: string;
  link?: string | null;
  [member: string]: unknown;
}

/** What a move of the clock did, as `POST /_ticketbooth/clock` answers. */
export interface ClockMove {
  now: string;
  mode: "running" | "frozen";
  offset_seconds: number;
  transitions: { ticket: string; became: string; [member: string]: unknown }[];
  total: number;
}

/** The admin API refused; the message says what to do. */
export class AdminError extends Error {
  /** The status of HTTP. */
  status: number;
  /** A word of the API. */
  kind: string;
}

/** The calls were not as expected. */
export class VerifyError extends Error {
  verdict: "fail" | "vacuous" | "indeterminate";
  /** Request ids of calls that fit. */
  evidence: string[];
}

/** The clock of a sandbox's world. */
export class Clock {
  /** The time that it shows, in UTC, as RFC 3339 writes it. */
  now(): Promise<string>;
  /** Moves it forward, as by `241m`; tickets whose end is passed have ended then. */
  advance(duration: string): Promise<ClockMove>;
  /** Sets it to an RFC 3339 time. */
  set(time: string, options?: { allowBackwards?: boolean }): Promise<ClockMove>;
  /** Lets it stand still until it is moved. */
  freeze(): Promise<ClockMove>;
  /** Lets it go on. */
  resume(): Promise<ClockMove>;
}

/** A world of a test's own: keys, tickets, clock, rules and journal. */
export class Sandbox {
  readonly emulator: Ticketbooth;
  readonly id: string;
  /** The address of the emulator, `http://host:port`. */
  readonly url: string;
  /** `host:port`, as SDKs take it. */
  readonly endpoint: string;
  /** The key for a client of Tencent Cloud. */
  readonly tencent: { secretId: string; secretKey: string };
  /** The key for a client of Alibaba Cloud. */
  readonly alibaba: { accessKeyId: string; accessKeySecret: string };
  /** Every key, with the key of the world in whose place it is. */
  readonly keys: { vendor: string; stands_for: string; id: string; secret: string }[];
  readonly clock: Clock;
  /** Address and keys under our names and those that the vendors' clients read. */
  readonly environment: Record<string, string>;
  /** Asks the admin API about this sandbox; `path` stands behind `/_ticketbooth/`. */
  ask(method: string, path: string, body?: unknown, query?: Record<string, unknown>): Promise<any>;
  /** Puts a rule behind the others; a text is YAML. */
  rule(rule: Rule | string): Promise<Rule & { reaches: string[]; eligible: number; hits: number }>;
  /** Sees that the expected calls were made, and returns their request ids; rejects with `VerifyError`. */
  verify(expectation: Expectation): Promise<string[]>;
  /** Opens an embed link as a browser does, which takes a use: a URL, its path and query, or the ticket alone. */
  visit(link: string): Promise<Visit>;
  /** The calls, newest first; the query is that of `GET /_ticketbooth/journal`. */
  journal(query?: Record<string, unknown>): Promise<JournalEntry[]>;
  /** The tickets, newest first; the query is that of `GET /_ticketbooth/tickets`. */
  tickets(query?: Record<string, unknown>): Promise<Ticket[]>;
  /** Tells of each call that did not succeed what was wrong and what to change. */
  explain(): Promise<string>;
  /** The calls, oldest first, and why those that did not succeed were answered so: what a failed test shows. */
  report(): Promise<string>;
  /** Resets the sandbox, or the parts that are named: `tickets`, `clock`, `rules`, `journal` and so on. */
  reset(...what: string[]): Promise<void>;
  /** Removes the sandbox; its journal can still be read for a while. */
  remove(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A running emulator. */
export class Ticketbooth {
  /** Its address, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** `host:port`, as SDKs take it. */
  readonly endpoint: string;
  readonly version: string;
  /** Makes a sandbox that nobody else sees. */
  sandbox(options?: SandboxOptions): Promise<Sandbox>;
  /** Asks the admin API; `path` stands behind `/_ticketbooth/`, and a body that is a text is sent as YAML. */
  ask(method: string, path: string, body?: unknown, query?: Record<string, unknown>): Promise<any>;
  /** Ends the emulator if this process started it. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an emulator on a free port, which ends with this process at the latest. */
export function start(options?: StartOptions): Promise<Ticketbooth>;
/** The emulator that runs at this address, which goes on when this process ends. */
export function join(url: string, token?: string): Promise<Ticketbooth>;
/** The emulator at `TICKETBOOTH_URL` where that is set, as under `ticketbooth exec`, else one that is started. */
export function joinOrStart(options?: StartOptions): Promise<Ticketbooth>;
/** The path of the program; `TICKETBOOTH_BINARY` goes before everything else. */
export function findBinary(): string;
