/** Who has the lock now: the caller, who may give it up, or another process. */
export type Lock = { release: () => void; holder?: undefined } | { release?: undefined; holder: string };
export declare function lock(name: string): Promise<Lock>;
