// Loaded before the language server: whatever would use the network ends it.
for (const name of ["connect", "createConnection"]) {
  for (const library of [require("net"), require("tls")]) {
    library[name] = () => {
      process.stderr.write(`network used: ${new Error().stack}\n`);
      process.exit(70);
    };
  }
}
