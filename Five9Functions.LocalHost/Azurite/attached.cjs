// Loaded before Azurite: its life is that of the host that started it, and it reads its own routes once.
'use strict';

// For each request Azurite compares the path with that of every operation, each read anew from its template: a fifth of all it does.
const Module = require('module');
const load = Module._load;
Module._load = function (request) {
  const loaded = load.apply(this, arguments);
  if (request !== 'uri-templates') {
    return loaded;
  }

  const templates = new Map();
  return (text) => {
    if (!templates.has(text)) {
      templates.set(text, loaded(text));
    }

    return templates.get(text);
  };
};

// A Ctrl+C reaches every process of the terminal, but storage must outlive the functions that are just ending.
const once = process.once.bind(process);
process.once = (event, listener) => (event === 'SIGINT' ? process : once(event, listener));
process.on('SIGINT', () => {});

// Standard input closes when the host ends Azurite, and also when the host was killed and cannot end anything.
let ending = false;
function end() {
  if (ending) {
    return;
  }

  ending = true;
  setTimeout(() => process.exit(0), 8000).unref();
  if (!process.emit('SIGTERM')) {
    process.exit(0); // it was not up yet, so there is nothing to save
  }
}

for (const closed of ['end', 'close', 'error']) {
  process.stdin.once(closed, end);
}

process.stdin.resume();
