/** What a promise came to, in a form that crosses from the page to the test: the value, or the exception's name. */
export async function outcome<T>(promise: Promise<T>): Promise<T | `rejected: ${string}`> {
  try {
    return await promise;
  } catch (error) {
    return `rejected: ${error instanceof DOMException ? error.name : String(error)}`;
  }
}
