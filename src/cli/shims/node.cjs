"use strict";
// Sends the sockets of this program that are for the vendors' hosts to Ticketbooth, and refuses every other host but
// this machine: clients for Node know no proxy, or not by the variables that others read. It runs in workers too.

const net = require("node:net");
const path = require("node:path");
const { hosts, port } = require(path.join(__dirname, "node.json"));

const ours = new Set(hosts);
const connect = net.Socket.prototype.connect;

const plain = (host) => String(host).replace(/^\[|\]$/g, "").replace(/\.$/, "").toLowerCase();

const isThisMachine = (host) =>
  host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);

// The emulator lists what was refused, and hears of it as of any proxy's client.
function tell(host, asked) {
  const socket = new net.Socket();
  socket.on("error", () => {});
  socket.on("data", () => socket.destroy());
  connect.call(socket, { host: "127.0.0.1", port }, () => {
    const target = host.includes(":") ? `[${host}]` : host;
    socket.write(`CONNECT ${target}:${asked} HTTP/1.1\r\nhost: ${target}:${asked}\r\n\r\n`);
  });
  socket.unref();
}

function refuse(socket, host) {
  const message = `ticketbooth: ${host} is refused; only the vendors' hosts are answered, and nothing is forwarded`;
  const error = Object.assign(new Error(message), { code: "ECONNREFUSED", syscall: "connect", hostname: host });
  process.nextTick(() => socket.destroy(error));
  return socket;
}

net.Socket.prototype.connect = function (...given) {
  // Everything that Node itself passes on is settled already; the rest is what people write.
  const [first, second, third] = Array.isArray(given[0]) ? given[0] : given;
  const callback = [first, second, third].find((value) => typeof value === "function");
  const options =
    first !== null && typeof first === "object"
      ? { ...first }
      : typeof first === "string" && !/^\d+$/.test(first)
        ? { path: first }
        : { port: Number(first), host: typeof second === "string" ? second : undefined };
  const go = () => (callback ? connect.call(this, options, callback) : connect.call(this, options));
  if (options.path || options.host === undefined) return go();
  const host = plain(options.host);
  if (isThisMachine(host)) return go();
  if (ours.has(host) && [80, 443].includes(Number(options.port))) {
    // The name stays that of the certificate, and no name is looked up.
    delete options.lookup;
    Object.assign(options, { host: "127.0.0.1", port });
    return go();
  }
  tell(host, options.port);
  return refuse(this, host);
};
