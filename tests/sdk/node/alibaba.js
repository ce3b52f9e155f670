// The two generic Node SDKs that reach Quick BI: the classic `@alicloud/pop-core` and the current
// `@alicloud/openapi-client`. Called with the name of one; the flow is the same.

const assert = require("node:assert/strict");
const booth = require("./booth.js");

const GLOBAL_PARAM = JSON.stringify([
  { paramKey: "price", joinType: "and", conditionList: [{ operate: "!=", value: booth.AWKWARD }] },
]);
const NEW = "2022-01-01";
const OLD = "2021-03-25";

/** `@alicloud/pop-core`: V2 signatures; the version belongs to the client. */
const popCore = {
  client: "alibaba-pop-core",
  package: "@alicloud/pop-core",
  variants: [{ method: "POST" }, { method: "GET" }],
  impatient: { timeout: 1000 },
  connect({ method, timeout }, [accessKeyId, accessKeySecret] = booth.ALIBABA_KEYS) {
    const { RPCClient } = require("@alicloud/pop-core");
    return (version, action, params) =>
      new RPCClient({ accessKeyId, accessKeySecret, endpoint: booth.URL, apiVersion: version })
        .request(action, params, { method, ...(timeout && { timeout }) });
  },
  // It looks at the body alone, so its error has no status.
  read({ code, data }) {
    return { code, message: data.Message, requestId: data.RequestId };
  },
};

/** `@alicloud/openapi-client`: ACS3 signatures, or V2 when told so. */
const openApi = {
  client: "alibaba-node",
  package: "@alicloud/openapi-client",
  variants: [{}, { signatureAlgorithm: "v2" }],
  impatient: { readTimeout: 1000, connectTimeout: 1000 },
  connect(variant, [accessKeyId, accessKeySecret] = booth.ALIBABA_KEYS) {
    const { default: OpenApi, Config, Params, OpenApiRequest } = require("@alicloud/openapi-client");
    const { RuntimeOptions } = require("@alicloud/tea-util");
    const sdk = new OpenApi(new Config({
      accessKeyId, accessKeySecret, endpoint: booth.ENDPOINT, protocol: "http", regionId: "cn-hangzhou", ...variant,
    }));
    return async (version, action, { GlobalParam, ...query }) => {
      const params = new Params({
        action, version, protocol: "HTTP", pathname: "/", method: "POST",
        authType: "AK", style: "RPC", reqBodyType: "formData", bodyType: "json",
      });
      // The vendor's generated client sends this one parameter in the body.
      const body = GlobalParam === undefined ? {} : { GlobalParam };
      const answer = await sdk.callApi(params, new OpenApiRequest({ query: asText(query), body }), new RuntimeOptions({}));
      return answer.body;
    };
  },
  read({ code, data, message }) {
    assert.equal(message, `${code}: code: ${data.statusCode}, ${data.Message} request id: ${data.RequestId}`);
    return { code, message: data.Message, requestId: data.RequestId, status: data.statusCode };
  },
};

/** The generated clients turn every query value into text; the generic one expects that done. */
function asText(query) {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}`]));
}

/** Creates, inspects, visits, uses up, extends, deletes. */
async function tickets(call, version) {
  const result = async (action, params) => (await call(version, action, params)).Result;
  const ticket = await result("CreateTicket", {
    WorksId: booth.WORK, TicketNum: 2, ExpireTime: 30, UserId: booth.QUICKBI_USER,
    WatermarkParam: booth.AWKWARD, GlobalParam: GLOBAL_PARAM,
  });
  const info = await result("QueryTicketInfo", { Ticket: ticket });
  assert.deepEqual([info.AccessTicket, info.WorksId, info.UserId], [ticket, booth.WORK, booth.QUICKBI_USER]);
  assert.deepEqual([info.MaxTicketNum, info.UsedTicketNum], [2, 0]);
  assert.deepEqual([info.WatermarkParam, info.GlobalParam], [booth.AWKWARD, GLOBAL_PARAM]);

  const link = booth.alibabaLink({ accessTicket: ticket });
  await booth.admitted(link);
  await booth.admitted(link);
  await booth.turnedAway(link, "used-up");

  const other = await result("CreateTicket", { WorksId: booth.WORK });
  const before = (await result("QueryTicketInfo", { Ticket: other })).InvalidTime;
  assert.equal(await result("DelayTicketExpireTime", { Ticket: other, ExpireTime: 60 }), true);
  const after = (await result("QueryTicketInfo", { Ticket: other })).InvalidTime;
  assert.ok(before < after, `the expiry moves from ${before} to ${after}`);
  await booth.admitted(booth.alibabaLink({ accessTicket: other }));
  assert.equal(await result("DeleteTicket", { Ticket: other }), true);
  await booth.turnedAway(booth.alibabaLink({ accessTicket: other }), "revoked");
}

/** Creates, inspects, visits, renews, extends, deletes. */
async function embedTokens(call) {
  const result = async (action, params) => (await call(OLD, action, params)).Result;
  const wish = { WorksId: booth.WORK, AccountName: "wangwu:zhangsan", AccountType: 5, ExpireMin: 30 };
  const created = await result("CreateEmbedToken", wish);
  const token = created.AccessToken;
  assert.equal(created.TokeType, 4);
  assert.equal((await result("QueryEmbedTokenInfo", { Token: token })).InvalidTime, created.InvalidTime);
  await booth.admitted(booth.alibabaLink({ accessToken: token }));
  const renewed = await result("CreateEmbedToken", wish);
  assert.equal(renewed.AccessToken, token);
  assert.ok(created.InvalidTime < renewed.InvalidTime, "a renewal moves the expiry");
  assert.equal(await result("DelayEmbedToken", { Token: token, ExpireMin: 60 }), true);
  assert.equal(await result("DeleteEmbedToken", { Token: token }), true);
  await booth.turnedAway(booth.alibabaLink({ accessToken: token }), "revoked");
}

/** A ticket ends to the second, an extended one later, and the SDK works on ten days later. */
async function daysLater(client, sdk, variant) {
  const sandbox = await booth.Sandbox.make();
  const send = sdk.connect(variant, sandbox.alibabaKeys);
  const call = (action, params) => client.call(() => send(NEW, action, params));
  const create = async () => (await call("CreateTicket", { WorksId: booth.WORK, ExpireTime: 30, TicketNum: 9 })).Result;
  const [short, long] = [await create(), await create()];
  await call("DelayTicketExpireTime", { Ticket: long, ExpireTime: 30 });
  assert.deepEqual(await sandbox.advance("29m59s"), []);
  await booth.admitted(booth.alibabaLink({ accessTicket: short }));
  assert.deepEqual(await sandbox.advance("1s"), [[short, "expired"]]);
  await booth.turnedAway(booth.alibabaLink({ accessTicket: short }), "expired");
  await booth.admitted(booth.alibabaLink({ accessTicket: long }));
  assert.deepEqual(await sandbox.advance("30m"), [[long, "expired"]]);
  await sandbox.advance("10 days");
  await booth.admitted(booth.alibabaLink({ accessTicket: await create() }));
}

/** A wrong secret and an unknown key. */
async function strangers(client, sdk, variant) {
  const wrongSecret = sdk.connect(variant, [booth.ALIBABA_KEYS[0], "notthesecret"]);
  await client.refused(() => wrongSecret(NEW, "CreateTicket", { WorksId: booth.WORK }), {
    code: "SignatureDoesNotMatch", status: 400,
  });
  const unknownKey = sdk.connect(variant, ["LTAInobody", "any"]);
  await client.refused(() => unknownKey(NEW, "CreateTicket", { WorksId: booth.WORK }), {
    code: "InvalidAccessKeyId.NotFound", status: 404, message: "Specified access key is not found.",
  });
}

async function refusals(client, send) {
  const rows = booth.refusalRows("alibaba");
  const ticket = (await client.call(() => send(NEW, "CreateTicket", { WorksId: booth.WORK }))).Result;
  const token = (await client.call(() => send(OLD, "CreateEmbedToken", { WorksId: booth.WORK }))).Result.AccessToken;
  for (const [version, live] of [[NEW, ticket], [OLD, token]]) {
    for (const { action, params, ...expected } of rows[version]) {
      await client.refused(() => send(version, action, booth.filledIn(params, live)), expected);
    }
    await client.refused(() => send(version, "CreateNothing", {}), { code: "InvalidAction.NotFound", status: 404 });
  }
  await client.refused(() => send("1999-01-01", "CreateTicket", {}), { code: "InvalidVersion", status: 400 });
}

/** One call of an SDK that does not wait for long. */
function faulty(sdk) {
  return async (sandbox) => {
    const send = sdk.connect({ ...sdk.variants[0], ...sdk.impatient }, sandbox.alibabaKeys);
    const answer = await send(NEW, "CreateTicket", { WorksId: booth.WORK });
    return answer.Result ? "an answer" : "an answer without Result";
  };
}

const sdk = { "pop-core": popCore, "openapi-client": openApi }[process.argv[2]];

new booth.Client(sdk.client, sdk.package, sdk.read).run(async (client) => {
  for (const variant of sdk.variants) {
    const send = sdk.connect(variant);
    const call = (version, action, params) => client.call(() => send(version, action, params));
    await tickets(call, NEW);
    await tickets(call, OLD);
    await embedTokens(call);
    await refusals(client, send);
    await strangers(client, sdk, variant);
    await daysLater(client, sdk, variant);
  }
  await booth.faults(client, "alibaba", faulty(sdk));
});
