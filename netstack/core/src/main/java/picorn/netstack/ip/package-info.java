// SPDX-License-Identifier: MIT
/** The Internet protocol: input, output, routes. */
package picorn.netstack.ip;
