/** Takes batches of what was sold; answers with the messages that failed, so that only these come again. */
exports.handler = async (event) => {
  const failed = [];
  for (const record of event.Records) {
    try {
      console.log(JSON.stringify({ mail: JSON.parse(record.body) }));
    } catch {
      failed.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures: failed };
};
