// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.bus.Dma;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * The receive FIFO's controller and the receive DMA (RM0090, 33.6.8, "RxDMA operation"): writes frames into the buffers of the
 * descriptors it owns. It looks at the next descriptor as soon as one is used up, so it suspends before another frame comes.
 */
final class ReceiveProcess implements Saved {
    private enum State {
        STOPPED,
        RUNNING,
        SUSPENDED,
        /** After a bus error: until the next reset (33.6.5). */
        FAILED
    }

    /** Of DMASR.RPS. */
    private static final int RPS_STOPPED = 0;

    private static final int RPS_WAITING = 3;
    private static final int RPS_SUSPENDED = 4;
    private static final int RPS_TRANSFERRING = 7;

    private static final int WORD_OFFSET = 3;
    private static final State[] STATES = State.values();

    private final EthernetDma dma;
    private final Dma memory;
    private final Clock clock;
    private final Event goOn;
    private final ReceiveFifo fifo = new ReceiveFifo();
    private final ReceiveDescriptor descriptor;
    private final ReceiveDescriptor following;
    private final ReceiveWriteBack writeBack;

    private State state = State.STOPPED;
    private boolean stopping;
    private int base;
    private int current;
    private int lastFetched;

    /** Whether a descriptor has been used for the oldest frame, and how many of its octets are in memory. */
    private boolean begun;

    private int done;

    ReceiveProcess(EthernetDma dma, EthernetMac mac, PtpClock ptp, Dma memory, EventQueue events, Clock clock) {
        this.dma = dma;
        this.memory = memory;
        this.clock = clock;
        descriptor = new ReceiveDescriptor(memory);
        following = new ReceiveDescriptor(memory);
        writeBack = new ReceiveWriteBack(dma, mac, ptp);
        goOn = events.event("Ethernet_DMA.receiveGoesOn", this::run);
    }

    /** DMARDLAR was written. */
    void list(int address) {
        base = address;
        current = address;
    }

    /** SR is set. */
    void start() {
        stopping = false;
        if (state == State.STOPPED) {
            resume();
        }
    }

    /** SR is clear: the frame under way is finished first. */
    void stop() {
        if (state == State.RUNNING && begun) {
            stopping = true;
        } else if (state == State.RUNNING || state == State.SUSPENDED) {
            stopNow();
        }
    }

    private void stopNow() {
        stopping = false;
        state = State.STOPPED;
        dma.raise(dma.rpss);
    }

    /** DMARPDR was written. */
    void poll() {
        if (state == State.SUSPENDED) {
            resume();
        }
    }

    /** Looks at the current descriptor; RBUS does not come up here, only behind a descriptor that was used (DMARPDR, DMASR.RBUS). */
    private void resume() {
        if (!fetch(descriptor, current)) {
            return;
        }
        if (descriptor.ownedByDma()) {
            state = State.RUNNING;
            run();
        } else {
            suspend();
        }
    }

    /** A frame longer than the receiver stays on came in. */
    void watchdog() {
        dma.raise(dma.rwts);
    }

    /** Takes a frame from the MAC, unless the modes of DMAOMR or want of room say no. */
    void offer(byte[] frame, ReceivedFrame found) {
        if (isUnwanted(found)) {
            return;
        }
        boolean passesThrough = state == State.RUNNING && !dma.rsf.isSet();
        if (!fifo.hasRoomFor(found.length, passesThrough)) {
            dma.missedForWantOfRoom();
            return;
        }
        fifo.add(frame, found);
        if (state != State.SUSPENDED) {
            run();
            return;
        }
        resume();
        if (state == State.SUSPENDED && dma.dfrf.isSet()) {
            dma.raise(dma.rbus);
        }
    }

    private boolean isUnwanted(ReceivedFrame found) {
        if (found.undersized) {
            return !dma.fugf.isSet();
        }
        if (dma.fef.isSet()) {
            return false;
        }
        return found.hasError() || found.hasChecksumError() && !dma.dtcefd.isSet();
    }

    /** Whether the current descriptor is there and the DMA's; the process suspends or fails otherwise. */
    private boolean acquire() {
        if (!fetch(descriptor, current)) {
            return false;
        }
        if (!descriptor.ownedByDma()) {
            suspend();
            dma.raise(dma.rbus);
            return false;
        }
        return true;
    }

    private boolean fetch(ReceiveDescriptor into, int address) {
        lastFetched = address;
        if (!into.fetch(address)) {
            fail(EthernetDma.EBS_READ | EthernetDma.EBS_DESCRIPTOR);
            return false;
        }
        return true;
    }

    /** Unless DFRF keeps them, the frames in the FIFO are discarded and counted. */
    private void suspend() {
        state = State.SUSPENDED;
        while (!dma.dfrf.isSet() && !fifo.isEmpty()) {
            dropOldest();
            dma.missedForWantOfDescriptor();
        }
        if (stopping) {
            stopNow();
        }
    }

    private void dropOldest() {
        fifo.remove();
        begun = false;
        done = 0;
    }

    private void run() {
        for (int n = 0; n < TransmitProcess.DESCRIPTORS_AT_A_STRETCH && hasWork(); n++) {
            step();
        }
        goOn.at(hasWork() ? clock.now() + TransmitProcess.PAUSE_BETWEEN_STRETCHES : EventQueue.NEVER);
    }

    private boolean hasWork() {
        return state == State.RUNNING && !fifo.isEmpty();
    }

    private void step() {
        if (!acquire() || !fill(descriptor.buffer1(), descriptor.buffer1Size())) {
            return;
        }
        if (!fill(descriptor.buffer2(), descriptor.buffer2Size())) {
            return;
        }
        if (done == fifo.length()) {
            finish(0);
        } else {
            spill();
        }
    }

    /** Fills a buffer. Where a frame starts, the offset of its address in the word counts as used (33.6.3). */
    private boolean fill(int address, int size) {
        int remaining = fifo.length() - done;
        int offset = address & WORD_OFFSET;
        int to = done == 0 ? address : address - offset;
        int count = Math.min(remaining, done == 0 ? size - offset : size);
        if (count <= 0) {
            return true;
        }
        dma.receiveBuffer(to);
        if (!memory.write(to, fifo.octets(), done, count)) {
            fail(0);
            return false;
        }
        if (done == 0 && count < remaining) {
            dma.raise(dma.ers);
        }
        done += count;
        return true;
    }

    /** The descriptor's buffers are full and the frame is not at its end. */
    private void spill() {
        int next = descriptor.next(base, dma.stride());
        if (!fetch(following, next)) {
            return;
        }
        if (!following.ownedByDma() && !dma.dfrf.isSet()) {
            finish(ReceiveDescriptor.DE | ReceiveDescriptor.ES);
        } else if (writeBack.close(descriptor, firstStatus() | done << ReceiveDescriptor.FL_LSB)) {
            begun = true;
            current = next;
        } else {
            fail(EthernetDma.EBS_DESCRIPTOR);
        }
    }

    private int firstStatus() {
        return begun ? 0 : ReceiveDescriptor.FS;
    }

    /** Closes the last descriptor of a frame, drops the frame, and looks at the next descriptor. */
    private void finish(int errors) {
        int next = descriptor.next(base, dma.stride());
        int status = firstStatus() | ReceiveDescriptor.LS | done << ReceiveDescriptor.FL_LSB | errors;
        if (!writeBack.closeLast(descriptor, fifo, status)) {
            fail(EthernetDma.EBS_DESCRIPTOR);
            return;
        }
        current = next;
        dropOldest();
        if (descriptor.disablesInterrupt()) {
            dma.startReceiveWatchdog();
        } else {
            dma.raiseReceived();
        }
        goAhead();
    }

    private void goAhead() {
        if (stopping) {
            stopNow();
        } else {
            acquire();
        }
    }

    private void fail(int what) {
        state = State.FAILED;
        dma.busError(what);
    }

    /** DMASR.RPS. */
    int state() {
        return switch (state) {
            case STOPPED, FAILED -> RPS_STOPPED;
            case SUSPENDED -> RPS_SUSPENDED;
            case RUNNING -> begun ? RPS_TRANSFERRING : RPS_WAITING;
        };
    }

    int descriptorAddress() {
        return lastFetched;
    }

    int fifoLevel() {
        return fifo.level();
    }

    void reset() {
        goOn.cancel();
        fifo.clear();
        state = State.STOPPED;
        stopping = false;
        base = 0;
        current = 0;
        lastFetched = 0;
        begun = false;
        done = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(state.ordinal());
        out.flag(stopping);
        out.int32(base);
        out.int32(current);
        out.int32(lastFetched);
        out.flag(begun);
        out.int32(done);
        fifo.save(out);
    }

    @Override
    public void load(StateReader in) {
        state = STATES[Math.floorMod(in.int32(), STATES.length)];
        stopping = in.flag();
        base = in.int32();
        current = in.int32();
        lastFetched = in.int32();
        begun = in.flag();
        done = in.int32();
        fifo.load(in);
    }
}
