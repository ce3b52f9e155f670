"use strict";
// `globalSetup` of vitest and jest: one emulator for a run, which the workers find in their environment.

const { joinOrStart } = require("./index.js");

module.exports = async function () {
  const emulator = await joinOrStart();
  Object.assign(process.env, { TICKETBOOTH_URL: emulator.url, TICKETBOOTH_ENDPOINT: emulator.endpoint });
  // Jest has no use for it: there, the emulator ends with the process.
  return () => emulator.stop();
};
