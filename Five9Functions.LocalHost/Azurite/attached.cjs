// Loaded before Azurite: its life is that of the host that started it, and it wastes less time.
'use strict';

// What Azurite does without need: it loads the client of its telemetry, which is off, for more than half of its start; with each
// request it compares the path with that of every operation, each read anew from its template, which is a fifth of all its work; and it
// looks for an entity among all that have its RowKey, where few have its PartitionKey.
const Module = require('module');
const load = Module._load;
Module._load = function (name) {
  if (name === 'applicationinsights') {
    return {};
  }

  const loaded = load.apply(this, arguments);
  return name === 'uri-templates' ? onceEach(loaded) : name === 'lokijs' ? withFewest(loaded) : loaded;
};

function onceEach(read) {
  const known = new Map();
  return (text) => {
    if (!known.has(text)) {
      known.set(text, read(text));
    }

    return known.get(text);
  };
}

function withFewest(loki) {
  const collection = loki.Collection.prototype;
  if (!collection.findAny) {
    collection.findAny = collection.findOne;
    collection.findOne = function (query) {
      const { PartitionKey, RowKey } = query ?? {};
      const count = (name, value) => (([from, to]) => to - from)(this.calculateRange('$eq', name, value));
      const isKey = PartitionKey !== undefined && RowKey !== undefined && this.binaryIndices.PartitionKey && this.binaryIndices.RowKey;
      return this.findAny(isKey && count('PartitionKey', PartitionKey) < count('RowKey', RowKey) ? { PartitionKey, RowKey } : query);
    };
  }

  return loki;
}

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
