/** Does nothing: what the functions-framework costs without the sync. */
exports.empty = () => {};
