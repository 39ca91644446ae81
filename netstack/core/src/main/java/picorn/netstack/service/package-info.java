// SPDX-License-Identifier: MIT
/** Services that a stack offers to its neighbours. */
package picorn.netstack.service;
