// npm install @alicloud/pop-core
const { RPCClient } = require("@alicloud/pop-core");

const client = new RPCClient({
  accessKeyId: "LTAIlocaltest000000000000",
  accessKeySecret: "localtestsecret000000000000000",
  endpoint: "http://127.0.0.1:4240",
  apiVersion: "2022-01-01",
});

const work = "a206f5f3-0000-4000-8000-e9b17c835b03";
client.request("CreateTicket", { WorksId: work, TicketNum: 1, ExpireTime: 240 }, { method: "POST" }).then(
  ({ Result }) => {
    console.log(`http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId=${work}&accessTicket=${Result}`);
  },
  (error) => {
    console.error(error.code, error.message);
    process.exitCode = 1;
  },
);
