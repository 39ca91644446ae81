// SPDX-License-Identifier: MIT
/** When TCP sends again, and how much it may have under way: round-trip times, loss detection, congestion control. */
package picorn.netstack.tcp.control;
