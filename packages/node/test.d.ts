import type { Sandbox, SandboxOptions } from "./index";

/** The context of a test of `node:test`, as far as it is used. */
export interface TestContext {
  name: string;
  after(hook: () => Promise<void>): void;
  diagnostic(line: string): void;
}

/** The hooks of a runner, as far as they are used. */
export interface Hooks {
  beforeEach(hook: (context?: any) => Promise<void>): unknown;
  afterEach(hook: (context?: any) => Promise<void>): unknown;
}

/**
 * A sandbox of this test of `node:test` alone. A test that fails has its calls in its diagnostics, each with what was wrong.
 * The emulator is the one at `TICKETBOOTH_URL`, else one of this process.
 */
export function sandbox(t: TestContext, options?: SandboxOptions): Promise<Sandbox>;

/**
 * A sandbox for each test of this file or `describe`, for vitest and jest: the returned value is that of the test that runs,
 * so tests of one file must not run at the same time. What a failed test called is written to its stderr.
 *
 * `hooks` are the globals when left out; without them, `import * as vitest from "vitest"` and `useTicketbooth({}, vitest)`.
 */
export function useTicketbooth(options?: SandboxOptions, hooks?: Hooks): Sandbox;
