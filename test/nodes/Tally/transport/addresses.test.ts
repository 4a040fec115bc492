import { isPrivateAddress, isSameAddress, isThisMachine } from '../../../../nodes/Tally/transport/addresses';

it.each([
	'http://localhost:5678/webhook/1',
	'http://127.0.0.1:5678',
	'http://0.0.0.0',
	'http://10.1.2.3/x',
	'http://172.16.0.1',
	'http://172.20.0.1',
	'http://172.31.255.1',
	'http://192.168.1.7:5678',
	'http://169.254.1.1',
	'http://[::1]:5678',
	'http://[::]',
	'http://[fc00::1]',
	'http://[fd00::1]',
	'http://[fdff:ffff::1]',
	'http://[fe80::1]',
	'http://[febf::1]',
	'http://n8n:5678',
	'http://server.local',
	'https://n8n.internal',
	'http://n8n.localhost',
	'http://localhost.:5678',
	'http://n8n.local.',
	'http://100.64.0.1',
	'http://100.70.0.1',
	'http://100.127.255.254',
	'http://[::ffff:127.0.0.1]:5678',
	'http://[::ffff:10.1.2.3]',
	'http://[::ffff:100.100.0.1]',
])('%s can not be reached from the internet', (address) => {
	expect(isPrivateAddress(address)).toBe(true);
});

it.each([
	'https://n8n.example.com/webhook/1',
	'https://10.example.com',
	'https://10.0.0.1.example.com',
	'https://n8n.local.example.com',
	'http://172.32.0.1',
	'http://8.8.8.8',
	'http://100.63.255.255',
	'http://100.128.0.1',
	'http://[::ffff:8.8.8.8]',
	'https://n8n.example.com.',
	'http://[2001:db8::1]',
	'http://[2001:db8::ffff:7f00:1]',
	'http://[::ffff:7f00:1:1]',
	'http://[::2]',
	'http://[::1:1]',
	'http://[fc0::1]',
	'http://[fe8::1]',
	'http://[fec0::1]',
	'https://localhost.example.com',
	'no address',
])('%s may be reached', (address) => {
	expect(isPrivateAddress(address)).toBe(false);
});

it.each([
	['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook/a', true],
	['https://N8N.example.com:443/webhook/a', 'https://n8n.example.com/webhook/a', true],
	['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook/b', false],
	['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook-test/a', false],
	['no address', 'no address', true],
])('%s and %s: the same is %s', (one, other, isSame) => {
	expect(isSameAddress(one, other)).toBe(isSame);
});

it.each([
	'http://localhost',
	'http://localhost.:1',
	'https://n8n.localhost',
	'http://127.0.0.1:5678',
	'http://127.1',
	'http://127.10.20.30',
	'http://[::1]:5678',
])('%s is this machine', (address) => {
	expect(isThisMachine(address)).toBe(true);
	expect(isPrivateAddress(address)).toBe(true);
});

it.each([
	'http://10.0.0.1',
	'http://n8n',
	'http://mylocalhost',
	'http://[::2]',
	'http://127.example.com',
	'http://127../x',
	'http://localhost.example.com',
	'http://[::1:1]',
	'localhost',
	'',
])('%s is another one, or none', (address) => {
	expect(isThisMachine(address)).toBe(false);
});
