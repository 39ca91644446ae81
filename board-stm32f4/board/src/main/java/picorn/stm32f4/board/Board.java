// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreConfiguration;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageLoader;
import picorn.emulator.image.MemoryPiece;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.InputPlayer;
import picorn.emulator.replay.InputRecorder;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Event;
import picorn.emulator.time.Frequency;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.service.UserGateway;
import picorn.stm32f4.chip.Stm32f429;
import picorn.stm32f4.ethernet.MiiPhy;
import picorn.stm32f4.socketdevice.SocketDevice;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;
import picorn.stm32f4.usart.Usart;

/**
 * A board with its chip, ready to be given firmware, plugs and a run.
 *
 * <pre>{@code
 * try (Board board = new Board(BoardModel.stm32429iEval(), Engines.named("unicorn"))) {
 *     board.load(ImageReader.read(Path.of("app.elf"), OptionalInt.empty()));
 *     board.console().transmitTo((character, now) -> System.out.write(character));
 *     board.reset();
 *     Outcome outcome = board.run(Clock.SECOND);
 * }
 * }</pre>
 */
public final class Board implements Saved, AutoCloseable {
    /** The STM32F42x's choices of a Cortex-M4 (PM0214; RM0090, table 62 and 10.1.3). */
    private static final CoreConfiguration CORE = new CoreConfiguration(91, 4, 18_750);

    private final BoardModel model;
    private final long seed;
    private final Machine machine;
    private final MiiPhy phy;
    private final Stm32f429 chip;
    private final Optional<SocketDevice> sockets;
    private final InputRecorder inputs;
    private final SerialInput serialInput;
    private Optional<SemihostingService> semihosting = Optional.empty();
    private final List<MemoryPiece> loaded = new ArrayList<>();
    private final Event network;
    private Optional<FrameReceiver> connected = Optional.empty();
    private Optional<Cable> cable = Optional.empty();
    private Optional<BootLoader> bootLoader = Optional.empty();
    private Optional<Image> inRam = Optional.empty();
    private LoadedImage image = LoadedImage.NONE;

    /** As {@link #Board(BoardModel, EngineProvider, long)} with seed 1. */
    public Board(BoardModel model, EngineProvider engine) {
        this(model, engine, 1);
    }

    /**
     * Puts it together; nothing is plugged in, its memories are erased.
     *
     * @param seed of the chip's random numbers and its unique identifier
     */
    public Board(BoardModel model, EngineProvider engine, long seed) {
        this.model = model;
        this.seed = seed;
        machine = new Machine(engine, CORE);
        inputs = new InputRecorder(machine);
        phy = new MiiPhy("PHY", machine, machine.events());
        chip = new Stm32f429(
                machine,
                model.flash(),
                model.sram(),
                model.ccm(),
                model.sdram(),
                Frequency.hertz(model.crystalHertz()),
                phy,
                seed,
                this::send);
        chip.ethernet().mdio().attach(model.phyAddress(), phy);
        phy.plug(false);
        sockets = model.socketDevice().map(config -> fit(config, seed));
        serialInput = new SerialInput(console(), machine, inputs);
        network = machine.events().event("network", () -> cable.ifPresent(Cable::poll));
        machine.onReset(this::loadAfter);
        machine.onStart(() -> bootLoader.ifPresent(loader -> loader.start(machine)));
    }

    private SocketDevice fit(SocketDeviceConfig config, long seed) {
        SocketDevice device = new SocketDevice(
                config,
                machine.bus().dma(),
                machine.events(),
                machine,
                machine.core().exceptions().line(SocketDevice.INTERRUPT),
                this::send,
                seed);
        device.reportTo(machine.findings());
        machine.bus().attach(SocketDevice.BASE, SocketDevice.SIZE, device);
        machine.onReset(kind -> device.reset());
        return device;
    }

    private void send(byte[] frame, int offset, int length, long now) {
        connected.ifPresent(to -> to.receive(frame, offset, length, now));
    }

    /** What it is. */
    public BoardModel model() {
        return model;
    }

    long seed() {
        return seed;
    }

    LoadedImage image() {
        return image;
    }

    /** Tells what was loaded from other images: SHA-256 of it, in hexadecimal. */
    public String imageHash() {
        return image.hash();
    }

    /** The machine under it. */
    public Machine machine() {
        return machine;
    }

    /** The chip. */
    public Stm32f429 chip() {
        return chip;
    }

    /** The USART at the serial connector. */
    public Usart console() {
        return chip.peripherals().usart1To8(model.consoleUsart());
    }

    /** Tells who wants to know of all that comes in from the host. */
    public InputRecorder inputs() {
        return inputs;
    }

    /** What the host types into the serial connector. */
    public SerialInput serialInput() {
        return serialInput;
    }

    /**
     * Plugs a cable into the Ethernet connector. Frames that come are given to {@link #ethernet}.
     *
     * @param to takes the frames that the board sends, at the time of their last bit
     */
    public void connect(FrameReceiver to) {
        requireFreeConnector();
        connected = Optional.of(to);
        phy.plug(true);
    }

    private void requireFreeConnector() {
        if (connected.isPresent()) {
            throw new IllegalStateException("the Ethernet connector is taken; a board has one");
        }
    }

    /** Takes the frames that come in by the cable, during the board's run; the MAC and the socket device both hear them. */
    public FrameReceiver ethernet() {
        return sockets.<FrameReceiver>map(device -> (frame, offset, length, now) -> {
                    chip.ethernet().receive(frame, offset, length, now);
                    device.receive(frame, offset, length, now);
                })
                .orElse(chip.ethernet());
    }

    /** Its socket device, if it has one. */
    public Optional<SocketDevice> socketDevice() {
        return sockets;
    }

    /** Plugs in a cable that leads to a gateway with DHCP, ping and echo. */
    public UserNetwork connectUserNetwork(long seed) {
        return new UserNetwork(plugIn(Cable.Kind.GATEWAY), end -> UserGateway.on(end, seed));
    }

    /** Plugs in a cable that leads to a gateway which also takes what is sent to other hosts, for whoever intercepts it. */
    public UserNetwork connectTransparentNetwork(long seed) {
        return new UserNetwork(plugIn(Cable.Kind.TRANSPARENT_GATEWAY), end -> UserGateway.transparent(end, seed));
    }

    private Cable plugIn(Cable.Kind kind) {
        requireFreeConnector();
        Cable plugged = Cable.to(kind, machine, network, ethernet(), inputs);
        connect(plugged::toNetwork);
        cable = Optional.of(plugged);
        return plugged;
    }

    /** Plugs in a cable that leads out of the emulation, to whoever takes its frames and sends some. */
    public Cable connectCable() {
        return plugIn(Cable.Kind.HOST);
    }

    /**
     * Has the host's part played by what was recorded, once everything else is put together.
     *
     * @param cable of {@link #connectCable}, if the recorded board had one, to whose far end nothing else is plugged
     */
    public InputPlayer replay(Optional<Cable> cable) {
        InputPlayer player = player();
        cable.ifPresent(plugged -> plugged.plugIn(player));
        return player;
    }

    private InputPlayer player() {
        InputPlayer player = new InputPlayer(machine);
        player.receiver(Channel.SERIAL, input -> serialInput.type(input.octets()));
        return player;
    }

    /** As {@link #replay}, but frames come in at the board's end of its cable, as they once arrived there. */
    public InputPlayer replayArrivals() {
        InputPlayer player = player();
        connectCable().plugInArrivals(player);
        return player;
    }

    /** Serves semihosting calls with what {@code host} grants. */
    public void semihosting(SemihostingHost host) {
        SemihostingService service = new SemihostingService(machine, host);
        semihosting = Optional.of(service);
        machine.onBreakpoint(service);
    }

    /**
     * Writes an image into the memories. If it does not start at flash memory's first address, a boot loader is stood in for.
     *
     * @throws BadImage when it does not fit
     */
    public void load(Image image) throws BadImage {
        loaded.addAll(new ImageLoader(machine.bus(), machine.engine()).load(image));
        this.image = LoadedImage.of(image);
        inRam = Optional.of(image.without(segment -> chip.memories().flash().contains(segment.address())));
        StackLimit.of(image.symbols()).ifPresent(machine.core()::limitStack);
        bootLoader = BootLoader.standInFor(image, chip.memories());
    }

    /** What lies in RAM was put there by a boot loader, which does so after each reset; flash keeps what firmware wrote. */
    private void loadAfter(Machine.ResetKind reset) {
        try {
            if (reset == Machine.ResetKind.SYSTEM_REQUEST && inRam.isPresent()) {
                new ImageLoader(machine.bus(), machine.engine()).load(inRam.get());
            }
        } catch (BadImage e) {
            throw new IllegalStateException("it was loaded before, so it fits", e);
        }
    }

    /** Power-up: starts at the vector table, or where a boot loader would. */
    public void reset() {
        machine.reset();
    }

    /** Runs until {@code time}, in picoseconds since power-up, or until there is another end. */
    public Outcome run(long time) {
        return machine.run(time);
    }

    /** What was used of each memory up to now. */
    public List<MemoryUse> memoryUse() {
        return chip.memories().all().stream().map(this::use).toList();
    }

    private MemoryUse use(Region.Memory memory) {
        int octets = loaded.stream()
                .filter(piece -> piece.memory().ram() == memory.ram())
                .mapToInt(MemoryPiece::size)
                .sum();
        return MemoryUse.of(memory, octets, chip.memories().erased(memory));
    }

    /** All its state but what its memories hold, and what is at the far end of its cable. */
    public Saved stateBesideMemories() {
        return new StateBesideMemories(chip, machine, sockets, serialInput, semihosting);
    }

    @Override
    public void save(StateWriter out) {
        out.section("memories", chip.memories());
        out.section("rest", stateBesideMemories());
        out.text(cable.map(plugged -> plugged.kind().name()).orElse(""));
        out.optional("network", cable);
    }

    @Override
    public void load(StateReader in) {
        in.section("memories", chip.memories());
        in.section("rest", stateBesideMemories());
        String kind = in.text();
        in.optional("network", cable.filter(plugged -> plugged.kind().name().equals(kind)));
        phy.plug(connected.isPresent());
    }

    /** Gives its memory back. */
    @Override
    public void close() {
        machine.close();
    }
}
