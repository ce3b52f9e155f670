// npm install --save-dev ticketbooth tencentcloud-sdk-nodejs
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
const { sandbox } = require("ticketbooth/test");

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

const clientFor = (booth) =>
  new Client({
    credential: { secretId: booth.tencent.secretId, secretKey: booth.tencent.secretKey },
    region: "",
    profile: { httpProfile: { endpoint: booth.endpoint, protocol: "http://" } },
  });

test("a token opens the page once", async (t) => {
  const booth = await sandbox(t);
  const token = await issueToken(clientFor(booth));
  assert.equal((await booth.visit(token)).admitted, true);
  assert.equal((await booth.visit(token)).refusal, "used-up");
  await booth.verify({ on: "tencent.CreateEmbedToken", exactly: 1 });
});

test("a token ends after four hours", async (t) => {
  const booth = await sandbox(t);
  const token = await issueToken(clientFor(booth));
  await booth.clock.advance("241m");
  assert.equal((await booth.visit(token)).refusal, "expired");
});

test("a throttled call is tried again", async (t) => {
  const booth = await sandbox(t);
  const on = "tencent.CreateEmbedToken";
  await booth.rule({ on, calls: { first: 1 }, then: { error: "RequestLimitExceeded" } });
  assert.equal((await booth.visit(await issueToken(clientFor(booth)))).admitted, true);
  await booth.verify({ on, code: "RequestLimitExceeded", exactly: 1 });
  await booth.verify({ on, exactly: 2 });
});
