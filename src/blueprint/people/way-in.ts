/** The tag of machines that people may tunnel through: the bastion carries it, and people's policies ask for it. */
export const WAY_IN = { key: 'way-in', value: 'people' } as const;
