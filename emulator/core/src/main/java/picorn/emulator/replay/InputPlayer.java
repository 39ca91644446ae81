// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * Stands in for the host: lets come in again what came in once, one after the other. What was heard between slices it hands over by
 * itself, after everything else that is due then; the rest is taken by whoever it was for.
 */
public final class InputPlayer {
    private final Machine machine;
    private final Event due;
    private final Map<Channel, Consumer<HostInput>> receivers = new EnumMap<>(Channel.class);
    private Runnable onNext = () -> {};
    private InputSource source = Optional::empty;
    private Optional<HostInput> head = Optional.empty();
    private Optional<HostInput> strayed = Optional.empty();
    private long played = -1;

    /** Of a machine all of whose other events are made already, so that its own come after them. */
    public InputPlayer(Machine machine) {
        this.machine = machine;
        due = machine.events().event("host inputs", this::hear);
        machine.inbox().open("recorded host", nothing -> {}); // a core that sleeps waits for it, as it did
    }

    /** Says who takes what was heard on {@code channel}. */
    public void receiver(Channel channel, Consumer<HostInput> receiver) {
        receivers.put(channel, receiver);
    }

    /** What is to be done whenever another input is the next. */
    public void onNext(Runnable action) {
        onNext = action;
    }

    /** Plays {@code newSource} from now on. */
    public void play(InputSource newSource) {
        source = newSource;
        strayed = Optional.empty();
        played = -1;
        advance();
    }

    /** How many inputs of its source have come in. */
    public long played() {
        return played;
    }

    private void advance() {
        played++;
        head = source.next();
        due.at(head.filter(input -> input.channel().isHeard())
                .map(HostInput::time)
                .orElse(EventQueue.NEVER));
        onNext.run();
    }

    private void hear() {
        HostInput input = taken(head.orElseThrow());
        Consumer<HostInput> receiver = receivers.get(input.channel());
        if (receiver != null) {
            receiver.accept(input);
        }
        advance();
    }

    private HostInput taken(HostInput input) {
        if (input.instructions() != machine.instructions() && strayed.isEmpty()) {
            strayed = Optional.of(input);
        }
        return input;
    }

    /** The next input, if it is of {@code channel}. */
    public Optional<HostInput> next(Channel channel) {
        return head.filter(input -> input.channel() == channel);
    }

    /** Takes the next input, which is of {@code channel}, or else nothing. */
    public Optional<HostInput> take(Channel channel) {
        Optional<HostInput> next = next(channel).map(this::taken);
        if (next.isPresent()) {
            advance();
        }
        return next;
    }

    /** The first input, if any, at whose time another number of instructions was executed than when it was recorded. */
    public Optional<HostInput> strayed() {
        return strayed;
    }
}
