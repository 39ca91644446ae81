// SPDX-License-Identifier: MIT
/** The domain name system: messages, and a client with a cache. */
package picorn.netstack.dns;
