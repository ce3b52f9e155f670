// What the Node client scripts share: the emulator's address and keys, visits, and counting.
// Nothing of a vendor's SDK is loaded here; each script brings its own.

const assert = require("node:assert/strict");
const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set`);
  return value;
}

const URL_ = setting("TICKETBOOTH_URL");
const ENDPOINT = setting("TICKETBOOTH_ENDPOINT");
const TENCENT_KEYS = [setting("TICKETBOOTH_TENCENT_SECRET_ID"), setting("TICKETBOOTH_TENCENT_SECRET_KEY")];
const ALIBABA_KEYS = [setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_ID"), setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET")];

const PROJECT = 117;
const PAGE = 11520;
const CORPORATION = "100022975249";
const USER = "100024664626";
const WORK = "a206f5f3-0000-4000-8000-e9b17c835b03";
const QUICKBI_USER = "46e537466d5e4a3aa1b2c3d4e92704c8";

// Every character that some signing recipe treats in its own way.
const AWKWARD = "湖南省 a+b&c=d/e%20~*!'()<>";

/** The table of refusals that all clients of a vendor are shown. */
function refusalRows(vendor) {
  return JSON.parse(readFileSync(path.join(__dirname, "..", "refusals", `${vendor}.json`), "utf8"));
}

/** The parameters of a row, with a live ticket where the row asks for one. */
function filledIn(params, live) {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === "$live" ? live : value]));
}

function tencentLink(token) {
  const query = new URLSearchParams({ authType: "strong", projectId: PROJECT, pageId: PAGE, scope: "page", token });
  return `${URL_}/page/embed?${query}`;
}

/** A link with either `accessTicket` or `accessToken`. */
function alibabaLink(ticket) {
  return `${URL_}/token3rd/dashboard/view/pc.htm?${new URLSearchParams({ pageId: WORK, ...ticket })}`;
}

async function visit(link) {
  const answer = await fetch(link);
  const { status, headers } = answer;
  const page = await answer.text();
  return { verdict: [status, headers.get("x-ticketbooth-visit"), headers.get("x-ticketbooth-refusal")], page };
}

/** Opens a link and wants to see the report. */
async function admitted(link) {
  const { verdict, page } = await visit(link);
  assert.deepEqual(verdict, [200, "admitted", null], link);
  assert.ok(page.includes('data-testid="embed-report"'), `no report stands in ${link}`);
}

/** Opens a link and wants to be refused for this reason. */
async function turnedAway(link, kind) {
  const { verdict, page } = await visit(link);
  assert.deepEqual(verdict, [200, "refused", kind], link);
  for (const mark of ['data-testid="embed-refusal"', `data-kind="${kind}"`]) {
    assert.ok(page.includes(mark), `${mark} does not stand in ${link}`);
  }
}

/** A world of one's own: its keys are known to nobody else, and its clock is moved by nobody else. */
class Sandbox {
  static async make() {
    const made = await Sandbox.change("sandboxes", { clock: "frozen" });
    return Object.assign(new Sandbox(), {
      id: made.id,
      tencentKeys: [made.tencent.secret_id, made.tencent.secret_key],
      alibabaKeys: [made.alibaba.access_key_id, made.alibaba.access_key_secret],
    });
  }

  /** Moves the clock, and gives what became of tickets. */
  async advance(duration) {
    const moved = await Sandbox.change(`clock?sandbox=${this.id}`, { advance: duration });
    return moved.transitions.map(({ ticket, became }) => [ticket, became]);
  }

  /** Puts a rule in force. */
  rule(rule) {
    return Sandbox.change(`rules?sandbox=${this.id}`, rule);
  }

  /** How many tickets there are. */
  async tickets() {
    return (await (await fetch(`${URL_}/_ticketbooth/tickets?sandbox=${this.id}`)).json()).total;
  }

  static async change(path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${URL_}/_ticketbooth/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, await answer.clone().text());
    return answer.json();
  }
}

/**
 * Every fault that a rule can do, and what the SDK makes of it.
 *
 * `create` gets a sandbox and makes one call that issues a ticket, or throws what the SDK throws. What is
 * expected stands in a table; with BLESS set the table is written instead.
 */
async function faults(client, vendor, create) {
  const folder = path.join(__dirname, "..", "faults");
  const { rows, on, codes } = JSON.parse(readFileSync(path.join(folder, "faults.json"), "utf8"));
  const table = path.join(folder, `${client.name}.json`);
  const got = {};
  for (const [name, row] of Object.entries(rows)) {
    const sandbox = await Sandbox.make();
    const then = Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, value === "$code" ? codes[vendor] : value]),
    );
    await sandbox.rule({ id: "fault", on: on[vendor], then: Object.keys(row).length === 0 ? "proceed" : then });
    client.calls += 1;
    const seen = await create(sandbox).catch((error) => [error.name, error.code].filter(Boolean).join(" "));
    got[name] = `${seen}; ${await sandbox.tickets()} issued`;
  }
  if (process.env.BLESS) writeFileSync(table, `${JSON.stringify(got, null, 2)}\n`);
  else assert.deepEqual(got, JSON.parse(readFileSync(table, "utf8")), `faults as ${client.name} sees them`);
}

/** The version of an installed package, also of one that does not export its package.json. */
function installedVersion(name) {
  const folder = require.resolve.paths(name).find((each) => {
    try {
      readFileSync(path.join(each, name, "package.json"));
      return true;
    } catch {
      return false;
    }
  });
  return JSON.parse(readFileSync(path.join(folder, name, "package.json"), "utf8")).version;
}

/** One SDK under test: counts its calls and reads its errors. */
class Client {
  calls = 0;
  refusals = 0;

  /** `read` turns the SDK's error into `{ code, message, requestId, status? }`. */
  constructor(name, packageName, read) {
    Object.assign(this, { name, packageName, read });
  }

  call(send) {
    this.calls += 1;
    return send();
  }

  /** Makes a call that has to fail like this; an expected message or status that is absent is not compared. */
  async refused(send, expected) {
    this.calls += 1;
    const got = await send().then(
      (answer) => assert.fail(`${expected.code} was expected, got the answer ${JSON.stringify(answer)}`),
      (error) => this.read(error),
    );
    assert.equal(got.code, expected.code, `${got.message}`);
    assert.ok(got.message && got.requestId, `${JSON.stringify(got)} lacks a message or a request id`);
    if (expected.message !== undefined) assert.equal(got.message, expected.message, `message of ${expected.code}`);
    if (expected.status !== undefined && got.status !== undefined) {
      assert.equal(got.status, expected.status, `status of ${expected.code}`);
    }
    this.refusals += 1;
    return got;
  }

  /** Runs the script, then prints the one line that `run` collects. */
  run(script) {
    script(this).then(
      () => {
        const { name: client, calls, refusals } = this;
        console.log(JSON.stringify({ client, version: installedVersion(this.packageName), calls, refusals }));
        // Some SDKs keep connections open, which would hold the process.
        process.exit(0);
      },
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
}

module.exports = {
  URL: URL_, ENDPOINT, TENCENT_KEYS, ALIBABA_KEYS, PROJECT, PAGE, CORPORATION, USER, WORK, QUICKBI_USER, AWKWARD,
  Client, Sandbox, faults, refusalRows, filledIn, tencentLink, alibabaLink, admitted, turnedAway,
};
