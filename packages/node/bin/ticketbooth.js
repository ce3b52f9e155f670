#!/usr/bin/env node
"use strict";
// The command: the program of this system, with our streams, and with the signals that we get.

const { spawn } = require("node:child_process");
const { findBinary } = require("../binary.js");

let path;
try {
  path = findBinary();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(3);
}
const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // A key press in a terminal reaches the program without us, and a second signal would cut its end short.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("error", (error) => {
  console.error(`error: cannot run ${path}: ${error.message}`);
  process.exit(3);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
