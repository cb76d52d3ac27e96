// taplo's language server comes from npm as a library without a program: this gives it standard input and output.
//   node taplo-server.cjs FOLDER-WITH-NODE_MODULES
const fs = require('node:fs');
const path = require('node:path');
const { TaploLsp } = require(path.resolve(process.argv[2], 'node_modules/@taplo/lsp'));

const write = message => {
  const body = Buffer.from(JSON.stringify(message));
  process.stdout.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
};

const environment = {
  cwd: () => process.cwd(),
  envVar: name => process.env[name],
  envVars: () => Object.entries(process.env),
  findConfigFile: () => undefined,
  glob: () => [],
  isAbsolute: file => path.isAbsolute(file),
  now: () => new Date(),
  readFile: file => fs.promises.readFile(file),
  writeFile: (file, bytes) => fs.promises.writeFile(file, bytes),
  stderr: process.stderr,
  stdErrAtty: () => false,
  stdin: () => Promise.resolve(new Uint8Array()),
  stdout: process.stderr,
  urlToFilePath: url => decodeURIComponent(url).slice('file://'.length),
  fetch: { fetch, Headers, Request, Response },
};

(async () => {
  const server = await TaploLsp.initialize(environment, { onMessage: write });
  let held = Buffer.alloc(0);
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('data', data => {
    held = Buffer.concat([held, data]);
    for (;;) {
      const head = held.indexOf('\r\n\r\n');
      const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(held.toString('latin1', 0, head))[1]);
      if (!(held.length >= head + 4 + length)) return;
      server.send(JSON.parse(held.toString('utf8', head + 4, head + 4 + length)));
      held = held.subarray(head + 4 + length);
    }
  });
})();
