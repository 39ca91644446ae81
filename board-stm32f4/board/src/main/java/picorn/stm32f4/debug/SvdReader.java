// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the registers out of a CMSIS System View Description (ARM, CMSIS-SVD 1.3): peripherals, those derived from others, registers
 * and fields, arrays of them and clusters. A register of a cluster is called "CLUSTER.REGISTER". Nothing outside the file is read.
 */
public final class SvdReader {
    private static final int MOST = 200_000;
    private static final int LONGEST_TEXT = 400;
    private static final int DEEPEST = 64;

    /** An element that is being read: the texts of its children by their names. */
    private static final class Element {
        final String name;
        final Map<String, String> texts = new HashMap<>();
        final List<Description.Field> fields = new ArrayList<>();
        final List<Description.Register> registers = new ArrayList<>();
        final StringBuilder text = new StringBuilder();

        Element(String name) {
            this.name = name;
        }
    }

    private final Deque<Element> open = new ArrayDeque<>();
    /** Registers of each peripheral, addresses counted from its base. */
    private final Map<String, List<Description.Register>> peripherals = new HashMap<>();

    /** Registers of each cluster, addresses counted from where it begins. */
    private final Map<String, List<Description.Register>> clusters = new HashMap<>();

    private final List<Description.Register> all = new ArrayList<>();

    private SvdReader() {}

    /**
     * Reads it.
     *
     * @throws BadDescription when it is no such file; the message is one line
     */
    public static Description read(InputStream in) throws BadDescription {
        SvdReader reader = new SvdReader();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            reader.readAll(factory.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            throw new BadDescription("line %d cannot be read as XML"
                    .formatted(e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
        }
        if (reader.all.isEmpty()) {
            throw new BadDescription("it describes no register; is it a CMSIS-SVD file?");
        }
        return new Description(reader.all);
    }

    private void readAll(XMLStreamReader in) throws XMLStreamException, BadDescription {
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(in);
                case XMLStreamConstants.CHARACTERS -> append(in.getText());
                case XMLStreamConstants.END_ELEMENT -> end(open.pop());
                default -> {}
            }
        }
    }

    private void begin(XMLStreamReader in) throws BadDescription {
        Element element = new Element(in.getLocalName());
        if (open.size() >= DEEPEST || all.size() >= MOST) {
            throw new BadDescription("it is too large");
        }
        String derivedFrom = in.getAttributeValue(null, "derivedFrom");
        if (derivedFrom != null) {
            element.texts.put("derivedFrom", derivedFrom);
        }
        open.push(element);
    }

    private void append(String text) {
        if (!open.isEmpty() && open.peek().text.length() < LONGEST_TEXT) {
            open.peek().text.append(text, 0, Math.min(text.length(), LONGEST_TEXT));
        }
    }

    private void end(Element element) throws BadDescription {
        switch (element.name) {
            case "field" -> endField(element);
            case "register" -> endRegister(element);
            case "cluster" -> endCluster(element);
            case "peripheral" -> endPeripheral(element);
            case "fields", "registers" -> passOn(element);
            default -> {
                if (!open.isEmpty()) {
                    open.peek()
                            .texts
                            .putIfAbsent(
                                    element.name,
                                    element.text.toString().strip().replaceAll("\\s+", " "));
                }
            }
        }
    }

    /** What was found in a list belongs to what holds the list. */
    private void passOn(Element list) {
        if (!open.isEmpty()) {
            open.peek().fields.addAll(list.fields);
            open.peek().registers.addAll(list.registers);
        }
    }

    private void endField(Element field) throws BadDescription {
        int lsb;
        int width;
        if (field.texts.containsKey("bitRange")) {
            String[] ends =
                    field.texts.get("bitRange").replaceAll("[\\[\\]]", "").split(":", -1);
            lsb = number(ends[ends.length - 1]);
            width = number(ends[0]) - lsb + 1;
        } else if (field.texts.containsKey("lsb")) {
            lsb = number(field.texts.get("lsb"));
            width = number(field.texts.getOrDefault("msb", field.texts.get("lsb"))) - lsb + 1;
        } else {
            lsb = number(field.texts.getOrDefault("bitOffset", ""));
            width = number(field.texts.getOrDefault("bitWidth", "1"));
        }
        if (lsb < 0 || width <= 0 || open.isEmpty()) {
            return;
        }
        for (SvdArray.Place place : SvdArray.places(field.texts)) {
            if (lsb + place.offset() <= 32 - width && !place.name().isEmpty()) {
                open.peek().fields.add(new Description.Field(place.name(), lsb + place.offset(), width, text(field)));
            }
        }
    }

    private void endRegister(Element register) throws BadDescription {
        if (!isHolder()) {
            return;
        }
        Optional<Description.Register> like = derivedFrom(register);
        String text = like.isPresent() && text(register).isEmpty() ? like.get().text() : text(register);
        List<Description.Field> fields =
                like.isPresent() && register.fields.isEmpty() ? like.get().fields() : List.copyOf(register.fields);
        int offset = number(register.texts.getOrDefault("addressOffset", ""));
        for (SvdArray.Place place : SvdArray.places(register.texts)) {
            add(new Description.Register(place.name(), offset + place.offset(), text, fields));
        }
    }

    /** Registers of clusters count their addresses from where the cluster begins. */
    private void endCluster(Element cluster) throws BadDescription {
        if (!isHolder()) {
            return;
        }
        List<Description.Register> registers = cluster.registers.isEmpty()
                ? clusters.getOrDefault(cluster.texts.getOrDefault("derivedFrom", ""), List.of())
                : cluster.registers;
        clusters.put(cluster.texts.getOrDefault("name", ""), registers);
        int offset = number(cluster.texts.getOrDefault("addressOffset", ""));
        for (SvdArray.Place place : SvdArray.places(cluster.texts)) {
            for (Description.Register register : registers) {
                add(new Description.Register(
                        place.name() + "." + register.name(),
                        offset + place.offset() + register.address(),
                        register.text(),
                        register.fields()));
            }
        }
    }

    /** Whether what surrounds an element is a list of registers. */
    private boolean isHolder() {
        return !open.isEmpty()
                && (open.peek().name.equals("registers") || open.peek().name.equals("cluster"));
    }

    private void add(Description.Register register) throws BadDescription {
        if (!register.name().isEmpty()) {
            open.peek().registers.add(register);
        }
        if (open.peek().registers.size() > MOST) {
            throw new BadDescription("it is too large");
        }
    }

    /** The register that another one is like: one beside it, or one of a peripheral that was read already. */
    private Optional<Description.Register> derivedFrom(Element register) {
        String name = register.texts.getOrDefault("derivedFrom", "");
        int dot = name.indexOf('.');
        List<Description.Register> among =
                dot < 0 ? open.peek().registers : peripherals.getOrDefault(name.substring(0, dot), List.of());
        return among.stream()
                .filter(other -> other.name().equals(name.substring(dot + 1)))
                .findFirst();
    }

    private void endPeripheral(Element peripheral) throws BadDescription {
        String name = peripheral.texts.getOrDefault("name", "");
        int base = number(peripheral.texts.getOrDefault("baseAddress", ""));
        List<Description.Register> registers = peripheral.registers.isEmpty()
                ? peripherals.getOrDefault(peripheral.texts.getOrDefault("derivedFrom", ""), List.of())
                : peripheral.registers;
        peripherals.put(name, registers);
        for (Description.Register register : registers) {
            if (all.size() >= MOST) {
                throw new BadDescription("it is too large");
            }
            all.add(new Description.Register(
                    name + "." + register.name(), base + register.address(), register.text(), register.fields()));
        }
    }

    private static String text(Element element) {
        return element.texts.getOrDefault("description", "");
    }

    static int number(String text) throws BadDescription {
        try {
            return Long.decode(text.strip()).intValue();
        } catch (NumberFormatException e) {
            throw new BadDescription("'%s' is no number".formatted(text.strip()));
        }
    }
}
