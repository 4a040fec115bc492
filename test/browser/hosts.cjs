// Loaded into n8n: names under .example, which no network knows, lead to this machine.
const dns = require('node:dns');

const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(host.endsWith('.example') ? '127.0.0.1' : host, ...rest);
