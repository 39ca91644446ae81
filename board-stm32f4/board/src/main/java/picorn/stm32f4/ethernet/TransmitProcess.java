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
 * The transmit DMA (RM0090, 33.6.7, "TxDMA operation"): fetches frames by their descriptors, one at a time or, with OSF, one while
 * another is on the wire, and closes the descriptors.
 */
final class TransmitProcess implements MacTransmitter.Source, Saved {
    private enum State {
        STOPPED,
        RUNNING,
        SUSPENDED,
        /** After a bus error: until the next reset (33.6.5). */
        FAILED
    }

    /** Of DMASR.TPS. */
    private static final int TPS_STOPPED = 0;

    private static final int TPS_FETCHING = 1;
    private static final int TPS_WAITING = 2;
    private static final int TPS_SUSPENDED = 6;

    /** So many descriptors are walked at a stretch; a list that leads nowhere goes on after a pause. */
    static final int DESCRIPTORS_AT_A_STRETCH = 64;

    static final long PAUSE_BETWEEN_STRETCHES = 10 * Clock.SECOND / 1_000_000;

    private static final int JABBER = 2048;
    private static final int FIFO_SIZE = 2048;
    private static final State[] STATES = State.values();

    private final EthernetDma dma;
    private final EthernetMac mac;
    private final MmcCounters mmc;
    private final PtpClock ptp;
    private final Dma memory;
    private final Clock clock;
    private final Medium medium;
    private final Event goOn;
    private final TransmitDescriptor descriptor;
    private final ChecksumInsertion checksums = new ChecksumInsertion();
    private final FrameCheckSequence fcs = new FrameCheckSequence();
    private final MacTransmitter transmitter;

    private final TransmitQueue queue = new TransmitQueue();

    private State state = State.STOPPED;
    private boolean stopping;
    private boolean fetching;
    private int base;
    private int current;
    private int lastFetched;

    TransmitProcess(
            EthernetDma dma,
            EthernetMac mac,
            MmcCounters mmc,
            PtpClock ptp,
            Dma memory,
            EventQueue events,
            Clock clock,
            Medium medium) {
        this.dma = dma;
        this.mac = mac;
        this.mmc = mmc;
        this.ptp = ptp;
        this.memory = memory;
        this.clock = clock;
        this.medium = medium;
        descriptor = new TransmitDescriptor(memory);
        goOn = events.event("Ethernet_DMA.transmitGoesOn", this::run);
        transmitter = new MacTransmitter(mac, clock, events, this, medium);
    }

    MacTransmitter transmitter() {
        return transmitter;
    }

    /** DMATDLAR was written. */
    void list(int address) {
        base = address;
        current = address;
    }

    /** ST is set. */
    void start() {
        stopping = false;
        if (state == State.STOPPED) {
            state = State.RUNNING;
            run();
        }
    }

    /** ST is clear: the frames fetched so far are sent. */
    void stop() {
        if (state == State.RUNNING || state == State.SUSPENDED) {
            stopping = true;
            stopWhenDone();
        }
    }

    private void stopWhenDone() {
        if (stopping && queue.size() == 0) {
            stopping = false;
            state = State.STOPPED;
            dma.raise(dma.tpss);
        }
    }

    /** DMATPDR was written. */
    void poll() {
        if (state == State.SUSPENDED && !stopping) {
            state = State.RUNNING;
            run();
        }
    }

    private void run() {
        for (int n = 0; n < DESCRIPTORS_AT_A_STRETCH && mayFetch(); n++) {
            step();
        }
        goOn.at(mayFetch() ? clock.now() + PAUSE_BETWEEN_STRETCHES : EventQueue.NEVER);
        transmitter.update();
    }

    private boolean mayFetch() {
        return state == State.RUNNING && !stopping && queue.size() < (dma.osf.isSet() ? TransmitQueue.CAPACITY : 1);
    }

    private void step() {
        lastFetched = current;
        if (!descriptor.fetch(current)) {
            fail(EthernetDma.EBS_READ | EthernetDma.EBS_DESCRIPTOR);
        } else if (!descriptor.ownedByDma()) {
            state = State.SUSPENDED;
            dma.raise(dma.tbus);
        } else {
            take();
        }
    }

    private void take() {
        current = descriptor.next(base, dma.stride());
        if (descriptor.has(TransmitDescriptor.FS)) {
            queue.fetched().begin(descriptor.word(0));
            fetching = true;
        }
        boolean last = descriptor.has(TransmitDescriptor.LS);
        if (fetching && !gather()) {
            return;
        }
        if (fetching && last) {
            complete();
        } else {
            close(descriptor.address(), descriptor.word(0), 0);
        }
    }

    private boolean gather() {
        return append(descriptor.buffer1(), descriptor.buffer1Size())
                && append(descriptor.buffer2(), descriptor.buffer2Size());
    }

    private boolean append(int address, int size) {
        TransmitFrame frame = queue.fetched();
        if (size == 0) {
            return true;
        }
        if (frame.length + size > (mac.jd.isSet() ? TransmitFrame.CAPACITY : JABBER)) {
            jabber();
            return false;
        }
        dma.transmitBuffer(address);
        if (!memory.read(address, frame.octets, frame.length, size)) {
            fail(EthernetDma.EBS_READ);
            return false;
        }
        frame.length += size;
        return true;
    }

    /** The frame is longer than the transmitter stays on: it is cut off and the process stops (TJTS in DMASR). */
    private void jabber() {
        fetching = false;
        stopping = false;
        state = State.STOPPED;
        close(descriptor.address(), descriptor.word(0), TransmitDescriptor.JT | TransmitDescriptor.ES);
        dma.raise(dma.tjts);
    }

    private void complete() {
        TransmitFrame frame = queue.fetched();
        fetching = false;
        frame.end(descriptor.word(0), descriptor.address());
        if (dma.tsf.isSet()) {
            int cic = (frame.firstControl & TransmitDescriptor.CIC) >>> TransmitDescriptor.CIC_LSB;
            frame.status = checksums.insert(frame.octets, frame.length, cic, frame.length <= FIFO_SIZE);
        }
        frame.complete(fcs);
        queue.add();
        dma.raise(dma.ets);
    }

    @Override
    public boolean hasFrame() {
        return queue.size() > 0;
    }

    @Override
    public int frameLength() {
        return queue.oldest().length + TransmitFrame.FCS_SIZE;
    }

    @Override
    public void sent() {
        TransmitFrame frame = queue.removeOldest();
        mmc.transmittedGood();
        finish(frame);
        if (frame.isAcceptable()) {
            medium.send(frame.octets, frame.length);
        }
        stopWhenDone();
        run();
    }

    private void finish(TransmitFrame frame) {
        int status = frame.status
                | (frame.isVlan() ? TransmitDescriptor.VF : 0)
                | ((frame.status & TransmitDescriptor.ERRORS) != 0 ? TransmitDescriptor.ES : 0);
        if ((frame.firstControl & TransmitDescriptor.TTSE) != 0 && ptp.enabled()) {
            status |= TransmitDescriptor.TTSS;
            stamp(frame.lastDescriptor);
        }
        close(frame.lastDescriptor, frame.lastControl, status);
        if ((frame.lastControl & TransmitDescriptor.IC) != 0) {
            dma.raise(dma.ts);
        }
    }

    private void stamp(int address) {
        int at = dma.enhanced() ? 6 : 2;
        if (!descriptor.store(address, at, ptp.subseconds()) || !descriptor.store(address, at + 1, ptp.seconds())) {
            fail(EthernetDma.EBS_DESCRIPTOR);
        }
    }

    private void close(int address, int control, int status) {
        if (state != State.FAILED && !descriptor.store(address, 0, control & TransmitDescriptor.CONTROL | status)) {
            fail(EthernetDma.EBS_DESCRIPTOR);
        }
    }

    private void fail(int what) {
        state = State.FAILED;
        fetching = false;
        dma.busError(what | EthernetDma.EBS_TRANSMIT);
    }

    /** FTF: drops what is not on the wire yet. */
    void flush() {
        fetching = false;
        int kept = transmitter.transmitting() ? 1 : 0;
        while (queue.size() > kept) {
            TransmitFrame flushed = queue.removeYoungest();
            flushed.status |= TransmitDescriptor.FF;
            finish(flushed);
        }
        stopWhenDone();
        run();
    }

    /** DMASR.TPS. */
    int state() {
        return switch (state) {
            case STOPPED, FAILED -> TPS_STOPPED;
            case SUSPENDED -> TPS_SUSPENDED;
            case RUNNING -> mayFetch() ? TPS_FETCHING : TPS_WAITING;
        };
    }

    int descriptorAddress() {
        return lastFetched;
    }

    void reset() {
        goOn.cancel();
        transmitter.reset();
        state = State.STOPPED;
        stopping = false;
        fetching = false;
        queue.clear();
        base = 0;
        current = 0;
        lastFetched = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(state.ordinal());
        out.flag(stopping);
        out.flag(fetching);
        out.int32(base);
        out.int32(current);
        out.int32(lastFetched);
        queue.save(out);
        transmitter.save(out);
    }

    @Override
    public void load(StateReader in) {
        state = STATES[Math.floorMod(in.int32(), STATES.length)];
        stopping = in.flag();
        fetching = in.flag();
        base = in.int32();
        current = in.int32();
        lastFetched = in.int32();
        queue.load(in);
        transmitter.load(in);
    }
}
