// npm install @alicloud/openapi-client @alicloud/tea-util
const { default: OpenApi, Config, Params, OpenApiRequest } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const client = new OpenApi(new Config({
  accessKeyId: "LTAIlocaltest000000000000",
  accessKeySecret: "localtestsecret000000000000000",
  endpoint: "127.0.0.1:4240",
  protocol: "http",
  regionId: "cn-hangzhou",
}));
const createTicket = new Params({
  action: "CreateTicket", version: "2022-01-01", protocol: "HTTP", pathname: "/", method: "POST",
  authType: "AK", style: "RPC", reqBodyType: "formData", bodyType: "json",
});

const work = "a206f5f3-0000-4000-8000-e9b17c835b03";
const request = new OpenApiRequest({ query: { WorksId: work, TicketNum: "1", ExpireTime: "240" } });
client.callApi(createTicket, request, new RuntimeOptions({})).then(
  ({ body }) => {
    const link = "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm";
    console.log(`${link}?pageId=${work}&accessTicket=${body.Result}`);
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
