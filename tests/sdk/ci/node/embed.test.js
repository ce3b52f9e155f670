// npm install tencentcloud-sdk-nodejs
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;

const URL_ = process.env.TICKETBOOTH_URL;

/** The code under test: asks for a token, and asks again when it is throttled. */
async function issueToken(client, attempts = 3) {
  try {
    const page = { ProjectId: 117, PageId: 11520, Scope: "page", ExpireTime: "240" };
    return (await client.CreateEmbedToken({ ...page, TicketNum: 1 })).Data.BIToken;
  } catch (error) {
    if (error.code !== "RequestLimitExceeded" || attempts === 1) throw error;
    return issueToken(client, attempts - 1);
  }
}

/** A sandbox of one test: keys, tokens, clock, rules and journal of its own. */
async function open(t) {
  const headers = { "content-type": "application/json" };
  const ask = (method, path, body) => fetch(`${URL_}/_ticketbooth/${path}`, { method, headers, body });
  async function change(path, body) {
    const answer = await ask("POST", path, JSON.stringify(body));
    assert.ok(answer.ok, await answer.clone().text());
    return answer.json();
  }
  const { id, tencent } = await change("sandboxes", { origin: { test: t.name, file: __filename } });
  headers["x-ticketbooth-sandbox"] = id;
  t.after(async () => {
    const explained = await (await ask("GET", "explain?format=text")).text();
    // Why calls were refused, where the test failed; an old Node does not say whether it did.
    if (!t.passed) explained.split("\n").forEach((line) => t.diagnostic(line));
    await ask("DELETE", `sandboxes/${id}`);
  });
  return {
    change,
    client: new Client({
      credential: { secretId: tencent.secret_id, secretKey: tencent.secret_key },
      region: "",
      profile: { httpProfile: { endpoint: process.env.TICKETBOOTH_ENDPOINT, protocol: "http://" } },
    }),
    async verify(expectation) {
      const { verdict, message } = await change("verify", expectation);
      assert.equal(verdict, "pass", message);
    },
    async visit(token) {
      const query = new URLSearchParams({ authType: "strong", projectId: 117, pageId: 11520, scope: "page", token });
      const { headers } = await fetch(`${URL_}/page/embed?${query}`);
      return headers.get("x-ticketbooth-refusal") ?? headers.get("x-ticketbooth-visit");
    },
  };
}

test("a token opens the page once", async (t) => {
  const booth = await open(t);
  const token = await issueToken(booth.client);
  assert.deepEqual([await booth.visit(token), await booth.visit(token)], ["admitted", "used-up"]);
  await booth.verify({ on: "tencent.CreateEmbedToken", calls: { exactly: 1 } });
});

test("a token ends after four hours", async (t) => {
  const booth = await open(t);
  const token = await issueToken(booth.client);
  await booth.change("clock", { advance: "241m" });
  assert.equal(await booth.visit(token), "expired");
});

test("a throttled call is tried again", async (t) => {
  const booth = await open(t);
  const on = "tencent.CreateEmbedToken";
  await booth.change("rules", { id: "busy", on, calls: { first: 1 }, then: { error: "RequestLimitExceeded" } });
  assert.equal(await booth.visit(await issueToken(booth.client)), "admitted");
  await booth.verify({ on, code: "RequestLimitExceeded", calls: { exactly: 1 } });
  await booth.verify({ on, calls: { exactly: 2 } });
});
