// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Fault;

/** Instructions of coprocessors that the chip does not have (ARMv7-M ARM, A5.3.18). */
final class Coprocessor {
    private static final int FIRST_OF_FPU = 10;
    private static final int LAST_OF_FPU = 11;

    private Coprocessor() {}

    static void encodings(EncodingTable e) {
        e.add("111 x 11 xxxxxxxxxx xxxx wwww xxxxxxxx", Encoding.UNDEFINED, Coprocessor::absent);
        e.add("111 x 11 11 xxxxxxxx xxxx xxxx xxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
        e.add("111 x 11 00000 xxxxx xxxx xxxx xxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
    }

    static void absent(Core core, Instruction i) {
        if (i.w >= FIRST_OF_FPU && i.w <= LAST_OF_FPU) {
            core.requireFloatingPoint();
            throw core.fault(Fault.UNDEFINED_INSTRUCTION, i.address);
        }
        throw core.fault(Fault.NO_COPROCESSOR, i.address);
    }
}
