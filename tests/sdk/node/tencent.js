// The official Node SDK of Tencent Cloud BI, which names no language and so is answered in English.

const assert = require("node:assert/strict");
const { Client: Bi } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
const booth = require("./booth.js");

const GLOBAL_PARAM = JSON.stringify([
  { ParamKey: "province", JoinType: "AND", WhereList: [{ Operator: "-is", Value: [booth.AWKWARD] }] },
]);
const PAGE = { ProjectId: booth.PROJECT, PageId: booth.PAGE, Scope: "page", Intention: "embed" };

function connect({ keys = booth.TENCENT_KEYS, method = "POST", sign = "TC3-HMAC-SHA256" } = {}) {
  const [secretId, secretKey] = keys;
  const httpProfile = { endpoint: booth.ENDPOINT, protocol: "http://", reqMethod: method };
  return new Bi({ credential: { secretId, secretKey }, region: "", profile: { signMethod: sign, httpProfile } });
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
  const created = await client.call(() => sdk.CreateEmbedToken({
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

  const other = await client.call(() => sdk.CreateEmbedToken(PAGE));
  const extended = await client.call(() => sdk.ApplyEmbedInterval({ ...PAGE, BIToken: other.Data.BIToken }));
  assert.deepEqual(extended.Data, { Result: true });
  await booth.admitted(booth.tencentLink(other.Data.BIToken));
}

/** A wrong secret and an unknown key. */
async function strangers(client, variant) {
  const wrongSecret = connect({ ...variant, keys: [booth.TENCENT_KEYS[0], "notthesecret"] });
  await client.refused(() => wrongSecret.CreateEmbedToken(PAGE), {
    code: "AuthFailure.SignatureFailure",
    message: "The provided credentials could not be validated. Please check your signature is correct.",
  });
  const unknownKey = connect({ ...variant, keys: ["AKIDnobody", "any"] });
  await client.refused(() => unknownKey.CreateEmbedToken(PAGE), {
    code: "AuthFailure.SecretIdNotFound",
    message: "The SecretId is not found, please ensure that your SecretId is correct.",
  });
}

async function refusals(client, sdk) {
  const live = (await client.call(() => sdk.CreateEmbedToken(PAGE))).Data.BIToken;
  for (const { action, params, code, en } of booth.refusalRows("tencent")) {
    await client.refused(() => sdk.request(action, booth.filledIn(params, live)), { code, message: en });
  }
}

/** A token of type 200, then all tokens of the page are cleared. */
async function boundToOneUser(client, sdk) {
  const user = { TokenType: 200, UserCorpId: booth.CORPORATION, UserId: booth.USER };
  const { Data } = await client.call(() => sdk.CreateEmbedToken({ ...PAGE, ...user }));
  assert.deepEqual([Data.UserCorpId, Data.UserId], [booth.CORPORATION, booth.USER]);
  const link = booth.tencentLink(Data.BIToken);
  await booth.admitted(link);
  const cleared = await client.call(() => sdk.ClearEmbedToken({
    ProjectId: `${booth.PROJECT}`, PageId: `${booth.PAGE}`, Scope: "page", UserCorpId: booth.CORPORATION,
  }));
  assert.equal(cleared.Data, true);
  await booth.turnedAway(link, "revoked");
}

/** A token ends to the second, and the SDK works on ten days later. */
async function daysLater(client) {
  const sandbox = await booth.Sandbox.make();
  const sdk = connect({ keys: sandbox.tencentKeys });
  const create = async () => (await client.call(() => sdk.CreateEmbedToken({ ...PAGE, ExpireTime: "30" }))).Data.BIToken;
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
  const [secretId, secretKey] = sandbox.tencentKeys;
  const httpProfile = { endpoint: booth.ENDPOINT, protocol: "http://", reqTimeout: 1 };
  const sdk = new Bi({ credential: { secretId, secretKey }, region: "", profile: { httpProfile } });
  const answer = await sdk.CreateEmbedToken(PAGE);
  return answer.Data?.BIToken ? "an answer" : "an answer without Data";
}

const read = ({ code, message, requestId }) => ({ code, message, requestId });

new booth.Client("tencent-node", "tencentcloud-sdk-nodejs", read).run(async (client) => {
  for (const variant of VARIANTS) {
    await life(client, connect(variant));
    await strangers(client, variant);
  }
  await refusals(client, connect());
  await boundToOneUser(client, connect());
  await daysLater(client);
  await booth.faults(client, "tencent", faulty);
});
