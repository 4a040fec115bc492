/**
 * System events that an upload may not raise (CleverTap docs, platform considerations; the last one
 * seen in production).
 */
const reserved = new Set([
	'Notification Sent',
	'Notification Viewed',
	'Notification Clicked',
	'Notification Delivered',
	'Notification Replied',
	'UTM Visited',
	'App Launched',
	'App Uninstalled',
	'App Version Changed',
	'Stayed',
	'Reply Sent',
	'Experiment Rendered',
	'Reachable By',
	'Identity Reset',
	'Identity Set',
	'Identity Error',
	'Web Page Viewed',
]);

export function isReserved(eventName: string): boolean {
	return reserved.has(eventName);
}

/**
 * Names of discarded events are the same whatever their case and spaces (CleverTap docs, upload
 * events).
 */
export function sameEvent(left: string, right: string): boolean {
	const plain = (name: string): string => name.replace(/\s+/g, '').toLowerCase();
	return plain(left) === plain(right);
}
