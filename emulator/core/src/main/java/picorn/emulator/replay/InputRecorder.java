// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picorn.emulator.machine.Machine;

/** Tells sinks of all that comes in from the host. Without one it costs a look at an empty list for each input. */
public final class InputRecorder {
    private final Machine machine;
    private final List<InputSink> sinks = new ArrayList<>();

    /** Of what comes into {@code machine}. */
    public InputRecorder(Machine machine) {
        this.machine = machine;
    }

    /** From now on {@code sink} is told. */
    public void add(InputSink sink) {
        sinks.add(sink);
    }

    /** Something comes in now. */
    public void input(Channel channel, byte[] octets) {
        input(channel, machine.now(), octets, 0, octets.length);
    }

    /** Something comes in, which counts as having come at {@code time}, in picoseconds since reset. */
    public void input(Channel channel, long time, byte[] octets, int offset, int length) {
        for (InputSink sink : sinks) {
            if (sink.channels().contains(channel)) {
                byte[] copy = Arrays.copyOfRange(octets, offset, offset + length);
                sink.add(new HostInput(channel, time, machine.instructions(), copy));
            }
        }
    }
}
