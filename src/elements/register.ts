/**
 * Registers an element unless its name is taken: by another copy of this package, or by the page's own. On a server, where
 * there is nothing to register with, it does nothing.
 */
export function register(name: `oath-${string}`, element: CustomElementConstructor): void {
  const { customElements: registry } = globalThis as { readonly customElements?: CustomElementRegistry };
  if (registry && !registry.get(name)) registry.define(name, element);
}
