// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static picorn.emulator.register.FieldAccess.RO;

import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/**
 * MCU debug component (RM0090, 38.16): the chip's identity. What is frozen while a debugger halts the core stands still anyway,
 * since virtual time does.
 */
public final class Dbgmcu extends RegisterBlock {
    /** STM32F42x and F43x, revision 3. */
    public static final int STM32F42X = 0x2003_6419;

    /** The chip called {@code idcode}, such as {@link #STM32F42X}. */
    public Dbgmcu(int idcode) {
        super("DBGMCU", NarrowWrites.MERGED);
        narrowest(4, 4); // 38.6 and 38.16
        Register identity = register("IDCODE", 0x00, idcode);
        identity.bits(11, 0, "DEV_ID", RO);
        identity.bits(31, 16, "REV_ID", RO);
        declareControl(register("CR", 0x04));
        declareFreeze1(register("APB1_FZ", 0x08));
        declareFreeze2(register("APB2_FZ", 0x0C));
    }

    private static void declareControl(Register cr) {
        cr.bit(0, "DBG_SLEEP");
        cr.bit(1, "DBG_STOP");
        cr.bit(2, "DBG_STANDBY");
        cr.bit(5, "TRACE_IOEN");
        cr.bits(7, 6, "TRACE_MODE");
    }

    private static void declareFreeze1(Register apb1) {
        int[] timers = {2, 3, 4, 5, 6, 7, 12, 13, 14};
        for (int i = 0; i < timers.length; i++) {
            apb1.bit(i, "DBG_TIM" + timers[i] + "_STOP");
        }
        apb1.bit(10, "DBG_RTC_STOP");
        apb1.bit(11, "DBG_WWDG_STOP");
        apb1.bit(12, "DBG_IWDG_STOP");
        for (int n = 1; n <= 3; n++) {
            apb1.bit(20 + n, "DBG_I2C" + n + "_SMBUS_TIMEOUT");
        }
        apb1.bit(25, "DBG_CAN1_STOP");
        apb1.bit(26, "DBG_CAN2_STOP");
    }

    private static void declareFreeze2(Register apb2) {
        apb2.bit(0, "DBG_TIM1_STOP");
        apb2.bit(1, "DBG_TIM8_STOP");
        apb2.bit(16, "DBG_TIM9_STOP");
        apb2.bit(17, "DBG_TIM10_STOP");
        apb2.bit(18, "DBG_TIM11_STOP");
    }
}
