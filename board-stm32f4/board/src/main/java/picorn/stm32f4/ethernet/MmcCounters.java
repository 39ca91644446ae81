// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.W1S;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The MAC management counters (RM0090, 33.5.7 and 33.8.2). Collisions and damaged frames do not occur, so their counters stay. */
public final class MmcCounters extends RegisterBlock {
    private static final int ALMOST_HALF = 0x7FFF_FFF0;
    private static final int ALMOST_FULL = 0xFFFF_FFF0;
    private static final int HALF = 0x8000_0000;

    private final Register mmccr = register("MMCCR", 0x00).onWrite(this::control);
    private final Field cr = mmccr.bit(0, "CR", W1S);
    private final Field csr = mmccr.bit(1, "CSR");
    private final Field ror = mmccr.bit(2, "ROR");
    private final Field mcf = mmccr.bit(3, "MCF");
    private final Field mcp = mmccr.bit(4, "MCP", W1S);
    private final Field mcfhp = mmccr.bit(5, "MCFHP");

    private final Register mmcrir = register("MMCRIR", 0x04).onRead(this::clearReceiveInterrupts);
    private final Field rfces = mmcrir.bit(5, "RFCES", RO);
    private final Field rfaes = mmcrir.bit(6, "RFAES", RO);
    private final Field rgufs = mmcrir.bit(17, "RGUFS", RO);

    private final Register mmctir = register("MMCTIR", 0x08).onRead(this::clearTransmitInterrupts);
    private final Field tgfscs = mmctir.bit(14, "TGFSCS", RO);
    private final Field tgfmscs = mmctir.bit(15, "TGFMSCS", RO);
    private final Field tgfs = mmctir.bit(21, "TGFS", RO);

    private final Register mmcrimr = register("MMCRIMR", 0x0C).onWrite(this::interruptChanged);

    {
        mmcrimr.bit(5, "RFCEM");
        mmcrimr.bit(6, "RFAEM");
        mmcrimr.bit(17, "RGUFM");
    }

    private final Register mmctimr = register("MMCTIMR", 0x10).onWrite(this::interruptChanged);

    {
        mmctimr.bit(14, "TGFSCM");
        mmctimr.bit(15, "TGFMSCM");
        mmctimr.bit(21, "TGFM");
    }

    private final Register mmctgfsccr = counter("MMCTGFSCCR", 0x4C, "TGFSCC", tgfscs);
    private final Register mmctgfmsccr = counter("MMCTGFMSCCR", 0x50, "TGFMSCC", tgfmscs);
    private final Register mmctgfcr = counter("MMCTGFCR", 0x68, "TGFC", tgfs);
    private final Register mmcrfcecr = counter("MMCRFCECR", 0x94, "RFCFC", rfces);
    private final Register mmcrfaecr = counter("MMCRFAECR", 0x98, "RFAEC", rfaes);
    private final Register mmcrgufcr = counter("MMCRGUFCR", 0xC4, "RGUFC", rgufs);

    private final Register[] counters = {mmctgfsccr, mmctgfmsccr, mmctgfcr, mmcrfcecr, mmcrfaecr, mmcrgufcr};
    private final Runnable interruptChanged;

    MmcCounters(Runnable interruptChanged) {
        super("Ethernet_MMC", NarrowWrites.MERGED);
        this.interruptChanged = interruptChanged;
    }

    private Register counter(String name, int offset, String field, Field interrupt) {
        Register counter = register(name, offset);
        counter.bits(31, 0, field, RO);
        return counter.onRead(() -> counterRead(counter, interrupt));
    }

    private void control(int written) {
        if (cr.isSetIn(written)) {
            presetAll(0);
        } else if (mcp.isSetIn(written)) {
            presetAll(mcfhp.isSet() ? ALMOST_FULL : ALMOST_HALF);
        }
        cr.clear();
        mcp.clear();
    }

    private void presetAll(int value) {
        for (Register counter : counters) {
            counter.set(value);
        }
    }

    private void counterRead(Register counter, Field interrupt) {
        if (ror.isSet()) {
            counter.set(0);
        }
        interrupt.clear();
        interruptChanged();
    }

    private void clearReceiveInterrupts() {
        mmcrir.set(0);
        interruptChanged();
    }

    private void clearTransmitInterrupts() {
        mmctir.set(0);
        interruptChanged();
    }

    private void interruptChanged() {
        interruptChanged.run();
    }

    /** A frame left the MAC without an error. */
    void transmittedGood() {
        count(mmctgfcr, tgfs);
    }

    /** A good unicast frame passed the address filter. */
    void receivedGoodUnicast() {
        count(mmcrgufcr, rgufs);
    }

    private void count(Register counter, Field interrupt) {
        boolean stopped = csr.isSet() && counter.get() == -1;
        if (mcf.isSet() || stopped) {
            return;
        }
        counter.set(counter.get() + 1);
        if (counter.get() == HALF) {
            interrupt.set();
            interruptChanged();
        }
    }

    boolean receiveInterrupt() {
        return (mmcrir.get() & ~mmcrimr.get()) != 0;
    }

    boolean transmitInterrupt() {
        return (mmctir.get() & ~mmctimr.get()) != 0;
    }
}
