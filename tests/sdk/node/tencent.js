// The two official Node SDKs of Tencent Cloud BI, of different make. Both name no language unless they have to, and so
// are answered in English. Called with `mainland` or `international`; the flow is the same.

const assert = require("node:assert/strict");
const booth = require("./booth.js");

const GLOBAL_PARAM = JSON.stringify([
  { ParamKey: "province", JoinType: "AND", WhereList: [{ Operator: "-is", Value: [booth.AWKWARD] }] },
]);
const PAGE = { ProjectId: booth.PROJECT, PageId: booth.PAGE, Scope: "page", Intention: "embed" };

/** `tencentcloud-sdk-nodejs`: takes plain objects and gives promises. */
const mainland = {
  client: "tencent-node",
  package: "tencentcloud-sdk-nodejs",
  connect({ keys: [secretId, secretKey, token], method, sign, timeout }) {
    const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
    const httpProfile = { endpoint: booth.ENDPOINT, protocol: "http://", reqMethod: method, reqTimeout: timeout };
    const profile = { signMethod: sign, httpProfile };
    const sdk = new Client({ credential: { secretId, secretKey, token }, region: "", profile });
    return {
      typed: (action, params) => sdk[action](params),
      untyped: (action, params) => sdk.request(action, params),
    };
  },
};

/** `tencentcloud-sdk-nodejs-intl-en`: takes models, calls back, and has a client for any action. */
const international = {
  client: "tencent-node-intl",
  package: "tencentcloud-sdk-nodejs-intl-en",
  connect({ keys, method, sign, timeout }) {
    const { bi, common } = require("tencentcloud-sdk-nodejs-intl-en");
    const { Client, Models } = bi.v20220105;
    const { Credential, HttpProfile, ClientProfile, CommonClient } = common;
    const http = new HttpProfile("http://", booth.ENDPOINT, method, timeout);
    // Without a region it sends the header with the text "null".
    const settings = [new Credential(...keys), "ap-singapore", new ClientProfile(sign, http)];
    const sdk = new Client(...settings);
    const any = new CommonClient(booth.ENDPOINT, "2022-01-05", ...settings);
    const promised = (call) => new Promise((resolve, reject) => {
      call((error, answer) => (error ? reject(error) : resolve(answer)));
    });
    return {
      typed: (action, params) => promised((done) => {
        const request = new Models[`${action}Request`]();
        request.deserialize(params);
        sdk[action](request, done);
      }),
      untyped: (action, params) => promised((done) => any.request(action, params, done)),
    };
  },
};

const SDK = { mainland, international }[process.argv[2]];

function connect({ keys = booth.TENCENT_KEYS, method = "POST", sign = "TC3-HMAC-SHA256", timeout = 60 } = {}) {
  return SDK.connect({ keys, method, sign, timeout });
}

const VARIANTS = [
  { method: "POST" },
  { method: "GET" },
  { method: "POST", sign: "HmacSHA256" },
  { method: "GET", sign: "HmacSHA256" },
  { method: "POST", sign: "HmacSHA1" },
];

/** Creates, visits, uses up, extends. */
async function life(client, sdk) {
  const created = await client.call(() => sdk.typed("CreateEmbedToken", {
    ...PAGE, ExpireTime: "30", TicketNum: 2, TokenType: 100, ExtraParam: booth.AWKWARD, GlobalParam: GLOBAL_PARAM,
  }));
  const { Data } = created;
  assert.ok(created.RequestId);
  assert.deepEqual([Data.ProjectId, Data.PageId, Data.Scope], ["117", "11520", "page"]);
  assert.deepEqual([Data.ExpireTime, Data.TicketNum, Data.TokenType], [30, 2, 100]);
  assert.deepEqual([Data.ExtraParam, Data.GlobalParam], [booth.AWKWARD, GLOBAL_PARAM]);

  const link = booth.tencentLink(Data.BIToken);
  await booth.admitted(link);
  await booth.admitted(link);
  await booth.turnedAway(link, "used-up");

  const other = await client.call(() => sdk.typed("CreateEmbedToken", PAGE));
  const extended = await client.call(() => sdk.typed("ApplyEmbedInterval", { ...PAGE, BIToken: other.Data.BIToken }));
  assert.equal(extended.Data.Result, true);
  await booth.admitted(booth.tencentLink(other.Data.BIToken));
}

/** A wrong secret and an unknown key. */
async function strangers(client, variant) {
  const wrongSecret = connect({ ...variant, keys: [booth.TENCENT_KEYS[0], "notthesecret"] });
  await client.refused(() => wrongSecret.typed("CreateEmbedToken", PAGE), {
    code: "AuthFailure.SignatureFailure",
    message: "The provided credentials could not be validated. Please check your signature is correct.",
  });
  const unknownKey = connect({ ...variant, keys: ["AKIDnobody", "any"] });
  await client.refused(() => unknownKey.typed("CreateEmbedToken", PAGE), {
    code: "AuthFailure.SecretIdNotFound",
    message: "The SecretId is not found, please ensure that your SecretId is correct.",
  });
}

async function refusals(client, sdk) {
  const live = (await client.call(() => sdk.typed("CreateEmbedToken", PAGE))).Data.BIToken;
  for (const { action, untyped, params, code, en } of booth.refusalRows("tencent")) {
    const send = untyped ? sdk.untyped : sdk.typed;
    await client.refused(() => send(action, booth.filledIn(params, live)), { code, message: en });
  }
}

/** A token of type 200, then all tokens of the page are cleared. */
async function boundToOneUser(client, sdk) {
  const user = { TokenType: 200, UserCorpId: booth.CORPORATION, UserId: booth.USER };
  const { Data } = await client.call(() => sdk.typed("CreateEmbedToken", { ...PAGE, ...user }));
  assert.deepEqual([Data.UserCorpId, Data.UserId], [booth.CORPORATION, booth.USER]);
  const link = booth.tencentLink(Data.BIToken);
  await booth.admitted(link);
  const cleared = await client.call(() => sdk.typed("ClearEmbedToken", {
    ProjectId: `${booth.PROJECT}`, PageId: `${booth.PAGE}`, Scope: "page", UserCorpId: booth.CORPORATION,
  }));
  assert.equal(cleared.Data, true);
  await booth.turnedAway(link, "revoked");
}

/** A token ends to the second, and the SDK works on ten days later. */
async function daysLater(client) {
  const sandbox = await booth.Sandbox.make();
  const sdk = connect({ keys: sandbox.tencentKeys });
  const create = async () => (await client.call(() => sdk.typed("CreateEmbedToken", { ...PAGE, ExpireTime: "30" }))).Data.BIToken;
  const token = await create();
  assert.deepEqual(await sandbox.advance("29m59s"), []);
  await booth.admitted(booth.tencentLink(token));
  assert.deepEqual(await sandbox.advance("1s"), [[token, "expired"]]);
  await booth.turnedAway(booth.tencentLink(token), "expired");
  await sandbox.advance("10 days");
  await booth.admitted(booth.tencentLink(await create()));
}

/** One call of an SDK that does not wait for long. */
async function faulty(sandbox) {
  const answer = await connect({ keys: sandbox.tencentKeys, timeout: 1 }).typed("CreateEmbedToken", PAGE);
  return answer.Data?.BIToken ? "an answer" : "an answer without Data";
}

const read = ({ code, message, requestId }) => ({ code, message, requestId });

new booth.Client(SDK.client, SDK.package, read).run(async (client) => {
  for (const variant of VARIANTS) {
    await life(client, connect(variant));
    await strangers(client, variant);
  }
  await refusals(client, connect());
  await boundToOneUser(client, connect());
  await daysLater(client);
  await booth.faults(client, "tencent", faulty);
});
