/** The policy of routes that give away what may leave: whoever reads for an audience, and its partners. */
export const exporters = { roles: ['analyst', 'lead', 'partner'] } as const;
