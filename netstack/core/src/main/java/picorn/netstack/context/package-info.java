// SPDX-License-Identifier: MIT
/** What the layers of one stack share: time, randomness, memory, counters. */
package picorn.netstack.context;
