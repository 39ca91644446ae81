// SPDX-License-Identifier: MIT
/** Recording of frames. */
package picorn.netstack.capture;
