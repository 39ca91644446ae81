// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** Exception numbers (ARMv7-M ARM, table B1-4). */
public final class ExceptionNumber {
    public static final int NONE = 0;
    public static final int RESET = 1;
    public static final int NMI = 2;
    public static final int HARD_FAULT = 3;
    public static final int MEM_MANAGE = 4;
    public static final int BUS_FAULT = 5;
    public static final int USAGE_FAULT = 6;
    public static final int SVCALL = 11;
    public static final int DEBUG_MONITOR = 12;
    public static final int PENDSV = 14;
    public static final int SYSTICK = 15;
    /** The number of external interrupt 0. */
    public static final int FIRST_INTERRUPT = 16;

    private static final String[] NAMES = {
        "thread",
        "Reset",
        "NMI",
        "HardFault",
        "MemManage",
        "BusFault",
        "UsageFault",
        "7",
        "8",
        "9",
        "10",
        "SVCall",
        "DebugMonitor",
        "13",
        "PendSV",
        "SysTick"
    };

    private ExceptionNumber() {}

    /** As the manual calls it, such as "BusFault" or "IRQ 61". */
    public static String name(int number) {
        return number < FIRST_INTERRUPT ? NAMES[number] : "IRQ " + (number - FIRST_INTERRUPT);
    }
}
