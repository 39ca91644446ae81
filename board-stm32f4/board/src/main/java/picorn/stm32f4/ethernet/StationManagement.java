// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** Carries out one MDIO frame at a time at the pace of MDC (RM0090, 33.4.1; Table "Clock range" for CR). */
final class StationManagement implements Saved {
    /** Preamble of 32 bits and a frame of 32. */
    private static final int MDC_PERIODS = 64;

    /** HCLK periods an MDC period, by MACMIIAR.CR; reserved values behave like the slowest. */
    private static final int[] DIVIDERS = {42, 62, 16, 26, 102, 102, 102, 102};

    private final EthernetMac mac;
    private final Mdio mdio;
    private final ClockDomain hclk;
    private final Event done;
    private boolean busy;
    private long endTick;
    private int command;
    private int data;

    StationManagement(EthernetMac mac, Mdio mdio, ClockDomain hclk, EventQueue events) {
        this.mac = mac;
        this.mdio = mdio;
        this.hclk = hclk;
        done = events.event("Ethernet_MAC.MDIO", this::end);
        hclk.onChange(this::schedule);
    }

    /** After a write of MACMIIAR: MB starts a frame, unless one is under way. */
    void start(int written) {
        if (busy || !mac.mb.isSetIn(written)) {
            return;
        }
        busy = true;
        command = mac.macmiiar.get();
        data = mac.md.get();
        endTick = hclk.ticks() + (long) MDC_PERIODS * DIVIDERS[mac.cr.get()];
        schedule();
    }

    private void schedule() {
        if (busy) {
            done.at(hclk.timeOf(endTick));
        }
    }

    private void end() {
        int address = mac.pa.in(command);
        int register = mac.mr.in(command);
        busy = false;
        mac.mb.clear();
        if (mac.mw.isSetIn(command)) {
            mdio.write(address, register, data);
        } else {
            mac.md.set(mdio.read(address, register));
        }
    }

    void reset() {
        busy = false;
        done.cancel();
    }

    @Override
    public void save(StateWriter out) {
        out.flag(busy);
        out.int64(endTick);
        out.int32(command);
        out.int32(data);
    }

    @Override
    public void load(StateReader in) {
        busy = in.flag();
        endTick = in.int64();
        command = in.int32();
        data = in.int32();
    }
}
