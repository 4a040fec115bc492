// Loaded into n8n: it must not outlive the process that started it, however that one ended.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();
