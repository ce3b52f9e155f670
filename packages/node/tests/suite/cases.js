"use strict";
// One small suite for both vendors' SDKs, which node:test, vitest and jest run: what is tested, without a runner.

const assert = require("node:assert/strict");
const Core = require("@alicloud/pop-core");
const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;

const intercepted = "SUITE_IS_INTERCEPTED" in process.env;

const vendors = {
  alibaba: {
    on: "alibaba.CreateTicket",
    busy: "Throttling.User",
    unsigned: "SignatureDoesNotMatch",
    issue(booth, secret = booth.alibaba.accessKeySecret) {
      const endpoint = intercepted ? "https://quickbi-public.cn-hangzhou.aliyuncs.com" : `http://${booth.endpoint}`;
      const { accessKeyId } = booth.alibaba;
      const client = new Core({ accessKeyId, accessKeySecret: secret, endpoint, apiVersion: "2022-01-01" });
      const parameters = { WorksId: "a206f5f3-0000-4000-8000-e9b17c835b03", TicketNum: 1 };
      return client.request("CreateTicket", parameters, { method: "POST" }).then(({ Result }) => Result);
    },
  },
  tencent: {
    on: "tencent.CreateEmbedToken",
    busy: "RequestLimitExceeded",
    unsigned: "AuthFailure.SignatureFailure",
    issue(booth, secret = booth.tencent.secretKey) {
      const httpProfile = intercepted ? {} : { endpoint: booth.endpoint, protocol: "http://" };
      const credential = { secretId: booth.tencent.secretId, secretKey: secret };
      const client = new Client({ credential, region: "", profile: { httpProfile } });
      const parameters = { ProjectId: 117, PageId: 11520, Scope: "page", TicketNum: 1 };
      return client.CreateEmbedToken(parameters).then(({ Data }) => Data.BIToken);
    },
  },
};

const cases = {
  "a ticket opens its page once": async (booth, { on, issue }) => {
    const ticket = await issue(booth);
    assert.equal((await booth.visit(ticket)).admitted, true);
    assert.equal((await booth.visit(ticket)).refusal, "used-up");
    const [call] = await booth.verify({ on, exactly: 1 });
    assert.equal((await booth.ask("GET", `journal/${call}`)).arrival.tls, intercepted);
  },
  "a ticket ends with its time": async (booth, { issue }) => {
    const ticket = await issue(booth);
    const { transitions } = await booth.clock.advance("2 days");
    assert.deepEqual(transitions.map(({ became }) => became), ["expired"]);
    assert.equal((await booth.visit(ticket)).refusal, "expired");
  },
  "a rule refuses the first call": async (booth, { on, busy, issue }) => {
    await booth.rule({ id: "busy", on, calls: { first: 1 }, then: { error: busy } });
    await assert.rejects(issue(booth), { code: busy });
    assert.equal((await booth.visit(await issue(booth))).admitted, true);
    await booth.verify({ on, code: busy, exactly: 1 });
    await assert.rejects(booth.verify({ on, exactly: 3 }), /expected exactly 3 times, came 2 times/);
  },
};

// What another test wants to see: a failure, and what is told of it.
if ("SUITE_FAILS" in process.env) {
  for (const name of Object.keys(cases)) delete cases[name];
  cases["it fails"] = async (booth, { issue }) => {
    await issue(booth);
    await issue(booth, "wrong");
  };
  cases["it passes"] = (booth, { issue }) => issue(booth);
}

/** Calls back with each test: its name, and what it does with a sandbox. */
module.exports = function (each) {
  for (const [vendor, facts] of Object.entries(vendors)) {
    for (const [name, run] of Object.entries(cases)) each(`${vendor}: ${name}`, (booth) => run(booth, facts));
  }
};
