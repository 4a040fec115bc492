export declare function progress(title: string): (outcome: string) => void;
