// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

/** What becomes of characters from the host that firmware is too slow for. */
public enum HostFlow {
    /** They wait: the last bit of a character comes when the receiver has room for it. Nothing is lost. */
    HELD_BACK,
    /** They come at the line's pace, as from a real peer: those that nobody took are lost, with ORE. */
    LINE_RATE
}
