// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

import picorn.emulator.register.Field;
import picorn.emulator.register.Register;

/**
 * A compare channel of a timer.
 *
 * @param ccr the preload register
 * @param selection CCxS: 0 makes it an output
 * @param preload OCxPE
 * @param matched CCxIF
 */
record CompareChannel(Register ccr, Field selection, Field preload, Field matched) {
    boolean waitsForMatch() {
        return !selection.isSet() && !matched.isSet();
    }
}
