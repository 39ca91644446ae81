// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import picorn.emulator.trace.TraceFilter;
import picorn.emulator.trace.Vcd;
import picorn.emulator.trace.Vcd.Wire;
import picorn.stm32f4.gpio.GpioPort;

/** A wire for each pin of a port in a {@link Vcd}: the level that a voltmeter sees. */
final class PinWires {
    private static final int PINS = 16;

    private PinWires() {}

    /** Declares them, if {@code filter} lets the port through. */
    static void declare(Vcd vcd, TraceFilter filter, GpioPort port) {
        if (!filter.block(port.name())) {
            return;
        }
        char letter = port.name().charAt(port.name().length() - 1);
        Wire[] wires = new Wire[PINS];
        for (int pin = 0; pin < PINS; pin++) {
            wires[pin] = vcd.wire(port.name(), "P" + letter + pin, port.isHigh(pin));
        }
        port.onChange((pin, high) -> vcd.set(wires[pin], high));
    }
}
