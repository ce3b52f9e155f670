"use strict";
// Where the program is that came with this package.

const { accessSync, constants } = require("node:fs");

const platform = `${process.platform}-${process.arch}`;
const file = `@ticketbooth/${platform}/bin/ticketbooth${process.platform === "win32" ? ".exe" : ""}`;

/** Returns the path of the program; the error says what was looked for, and what mends it. */
function findBinary() {
  const named = process.env.TICKETBOOTH_BINARY;
  try {
    const path = named || require.resolve(file);
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    throw new Error(
      named
        ? `TICKETBOOTH_BINARY names ${named}, which is no program that can be run\nunset it, or name another`
        : `the program ticketbooth for ${platform} is not there: ${file} was looked for\n` +
          "usually the install was told to leave out optional packages (--omit=optional), or the lockfile is from another\n" +
          "system; these two commands mend it:\n" +
          "  rm -rf node_modules package-lock.json\n" +
          "  npm install --include=optional\n" +
          "where there is no package for this system, name a program in TICKETBOOTH_BINARY",
    );
  }
}

module.exports = { findBinary };
