import type { Identifiers, Json } from './record';

export interface Message extends Identifiers {
	/** The values of an external trigger, as they came. */
	readonly values: Json;
	readonly sentAt: string;
}

export interface Campaign {
	readonly id: number;
	readonly name: string;
	readonly channel: string;
	/** Whether it waits for external triggers, as only a campaign made in the dashboard can. */
	readonly isTriggered: boolean;
	/** YYYYMMDDHHMM by the clock of the project, whose time zone is UTC. */
	readonly scheduledOn: number;
	status: 'running' | 'scheduled' | 'completed' | 'stopped';
	/** What was asked for, of one that the API made. */
	readonly request?: Json;
	/** Whom it reached, oldest first. */
	readonly messages: Message[];
	/** How often its result was asked for. */
	asked: number;
}

export interface NewCampaign {
	readonly name: string;
	/** Default `push`. */
	readonly channel?: string;
	/** When it starts; default now. */
	readonly scheduledOn?: number;
}

const firstId = 1_700_000_001;

/** The campaigns of an account. */
export class Campaigns {
	readonly all: Campaign[] = [];

	/** Makes a campaign that waits for external triggers, as somebody does in the dashboard. */
	addTriggered({ name, channel = 'push', scheduledOn = minuteOf(new Date()) }: NewCampaign): Campaign {
		return this.add({ name, channel, scheduledOn, isTriggered: true, status: 'running' });
	}

	add(campaign: Omit<Campaign, 'id' | 'messages' | 'asked'>): Campaign {
		const added = { ...campaign, id: firstId + this.all.length, messages: [], asked: 0 };
		this.all.push(added);
		return added;
	}

	find(id: unknown): Campaign | undefined {
		return this.all.find((campaign) => String(campaign.id) === String(id));
	}
}

/** YYYYMMDDHHMM, in UTC. */
export function minuteOf(date: Date): number {
	return Number(date.toISOString().slice(0, 16).replace(/\D/g, ''));
}
