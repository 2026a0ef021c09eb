"""Descriptors: XML's own attacks, and elements without end."""
from .formats import (
    disk_reference, disk_section, envelope, file_reference, hardware, member, only, with_disk, write)
from .kinds import fixed, kind


@fixed("XML")
def entities_within_entities(folder, number):
    names = "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "x" * 1000}">' for i in range(20))
    return only(folder, envelope(head=f"<!DOCTYPE E [{names}]>\n", system="<Name>&e19;</Name>"))


@fixed("XML")
def external_entities(folder, number):
    head = '<!DOCTYPE E SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">' \
        '<!ENTITY % p SYSTEM "http://192.0.2.1/x"> %p;]>\n'
    return only(folder, envelope(head=head, system="<Name>&x;</Name>"))


@kind("XML", 20_000, 1_000_000)
def a_document_type_of_entities(folder, number):
    head = "<!DOCTYPE E [" + "".join(f'<!ENTITY e{i} "x">' for i in range(number)) + "]>\n"
    return only(folder, envelope(head=head))


@fixed("XML")
def inclusion(folder, number):
    return only(folder, envelope(system=(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')))


@fixed("XML")
def nesting_without_end(folder, number):
    return only(folder, envelope(system="<a>" * 1_000_000))


@kind("XML", 20, 4_000)
def towers_just_below_the_depth(folder, number):
    tower = "<a>" * 250 + "</a>" * 250
    return only(folder, envelope(system=tower * number))


@kind("XML", 20_000, 1_900_000)
def unknown_elements_without_end(folder, number):
    return only(folder, envelope(system="<a/>" * number))


@kind("XML", 20_000, 1_900_000)
def unknown_sections_without_end(folder, number):
    return only(folder, envelope(sections="<a/>" * number))


@kind("XML", 2_000, 24_990)
def attributes_just_below_the_limit(folder, number):
    attributes = " ".join(f'a{i}=""' for i in range(number))
    return only(folder, envelope(system=f"<b {attributes}/>"))


@kind("XML", 2, 150)
def elements_of_ten_thousand_attributes(folder, number):
    attributes = " ".join(f'a{i}=""' for i in range(24_990))
    return only(folder, envelope(system=f"<b {attributes}/>" * number))


@fixed("XML")
def a_million_attributes(folder, number):
    attributes = " ".join(f'a{i}=""' for i in range(1_000_000))
    return only(folder, envelope(system=f"<b {attributes}/>"))


@kind("XML", 1_000, 9_000)
def namespaces_and_their_uses(folder, number):
    """As many declarations as elements, each in the namespace that was declared first."""
    names = "".join(f' xmlns:n{i}="urn:{i}"' for i in range(number))
    return only(folder, envelope(system="<n0:a/>" * number * 10, attributes=names))


@kind("XML", 20, 200)
def namespaces_level_by_level(folder, number):
    """Thousands of declarations on each of nested elements, then names that look through all."""
    start = "".join(
        "<a" + "".join(f' xmlns:n{k}_{i}="u"' for i in range(2_000)) + ">" for k in range(number))
    return only(folder, envelope(system=start + "<n0_0:b/>" * number * 500 + "</a>" * number))


@kind("XML", 20_000, 700_000)
def undeclared_prefixes(folder, number):
    return only(folder, envelope(system="".join(f"<p{i}:a/>" for i in range(number))))


@kind("XML", 20_000, 700_000)
def namespaces_that_are_no_uri(folder, number):
    return only(folder, envelope(system="".join(f'<a xmlns="u {i}"/>' for i in range(number))))


@kind("XML", 1 << 20, 12 << 20)
def an_attribute_of_mebibytes(folder, number):
    return only(folder, envelope(system=f'<a b="{"v" * number}"/>'))


@kind("XML", 1 << 20, 12 << 20)
def a_text_of_mebibytes(folder, number):
    return only(folder, envelope(system=f"<Name>{'v' * number}</Name>"))


@kind("XML", 1 << 20, 12 << 20)
def a_comment_of_mebibytes(folder, number):
    return only(folder, envelope(system=f"<!--{'v' * number}-->"))


@kind("XML", 1 << 20, 12 << 20)
def an_instruction_of_mebibytes(folder, number):
    return only(folder, envelope(system=f"<?p {'v' * number}?>"))


@kind("XML", 1 << 20, 12 << 20)
def a_name_of_mebibytes(folder, number):
    return only(folder, envelope(system=f"<{'n' * number}/>"))


@kind("XML", 100_000, 2_800_000)
def character_references(folder, number):
    return only(folder, envelope(system=f"<Name>{'&#65;&lt;' * (number // 2)}</Name>"))


@kind("XML", 100_000, 2_800_000)
def character_references_in_an_attribute(folder, number):
    return only(folder, envelope(system=f'<a b="{"&#65;&lt;" * (number // 2)}"/>'))


@kind("XML", 20_000, 1_000_000)
def sections_of_character_data(folder, number):
    return only(folder, envelope(system=f"<Name>{'<![CDATA[x]]>' * number}</Name>"))


@kind("XML", 20_000, 1_000_000)
def comments_without_end(folder, number):
    return only(folder, envelope(head="<!--x-->" * number, system="<!--x-->" * number))


@kind("XML", 1 << 20, 12 << 20)
def a_descriptor_just_below_its_limit(folder, number):
    item = '<Item><rasd:Description>some text of an item</rasd:Description></Item>'
    return only(folder, envelope(system=hardware(item * (number // len(item)))))


@kind("XML", 1 << 20, 12 << 20)
def a_descriptor_of_blanks(folder, number):
    return only(folder, envelope(system="\n" * number))


@kind("XML", 1 << 20, 12 << 20)
def a_descriptor_of_zero_bytes(folder, number):
    return only(folder, envelope() + bytes(number))


@fixed("XML")
def a_descriptor_beyond_its_limit(folder, number):
    return only(folder, envelope(system="\n" * (100 << 20)))


@kind("XML", 1 << 19, 6 << 20)
def a_descriptor_in_utf_16(folder, number):
    text = envelope(system="<a/>" * (number // 4), head="").decode()
    return only(folder, ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16"))


@fixed("XML")
def bytes_that_are_no_text(folder, number):
    return only(folder, envelope(system="<Name>x</Name>").replace(b">x<", b">\xff\0<"))


@kind("numbers", 1_000, 30_000)
def numbers_of_every_kind(folder, number):
    values = ("-9223372036854775809", "18446744073709551616", "1e9", "\u0661\u0662", "+1", "0x10",
              "", "9" * 1_000)
    refs = "".join(
        file_reference(i, f"{i}", f' ovf:size="{values[i % 8]}"') for i in range(number))
    disks = "".join(disk_reference(i, values[i % 8]) for i in range(number))
    return only(folder, envelope(refs, disk_section(disks)), references=number)


@kind("units", 1_000, 100_000)
def factors_of_a_unit(folder, number):
    unit = "byte" + " * 2" * number
    disks = disk_reference(1, 1, f' ovf:capacityAllocationUnits="{unit}"')
    return only(folder, envelope(sections=disk_section(disks)))


@kind("units", 1_000, 30_000)
def units_of_every_kind(folder, number):
    units = ("byte * 2^99999", "byte * 10^400", "byte / 0", "byte * 2^-5", "byte ^ 2", "x" * 500)
    disks = "".join(
        disk_reference(i, 1, f' ovf:capacityAllocationUnits="{units[i % 6]}"')
        for i in range(number))
    return only(folder, envelope(sections=disk_section(disks)))


def item(number, kind=17, more=""):
    return (
        f"<Item><rasd:ElementName>i{number}</rasd:ElementName><rasd:InstanceID>{number}"
        f"</rasd:InstanceID>{more}<rasd:ResourceType>{kind}</rasd:ResourceType></Item>")


@kind("graph", 2_000, 100_000)
def items_without_end(folder, number):
    return only(folder, envelope(system=hardware("".join(item(i) for i in range(number)))))


@kind("graph", 2_000, 100_000)
def items_of_one_number(folder, number):
    return only(folder, envelope(system=hardware(item(1) * number)))


@kind("graph", 2_000, 100_000)
def items_in_one_slot(folder, number):
    more = "<rasd:AddressOnParent>0</rasd:AddressOnParent>"
    parent = "<rasd:Parent>0</rasd:Parent>"
    items = item(0, 6) + "".join(
        f"<Item>{more}<rasd:ElementName>i</rasd:ElementName><rasd:InstanceID>{i + 1}"
        f"</rasd:InstanceID>{parent}<rasd:ResourceType>17</rasd:ResourceType></Item>"
        for i in range(number))
    return only(folder, envelope(system=hardware(items)))


@kind("graph", 2_000, 100_000)
def a_chain_of_parents(folder, number):
    items = "".join(
        item(i, 6, f"<rasd:Parent>{(i + 1) % number}</rasd:Parent>") for i in range(number))
    return only(folder, envelope(system=hardware(items)))


@kind("graph", 2_000, 100_000)
def a_chain_of_parent_disks(folder, number):
    disks = "".join(
        f'<Disk ovf:diskId="d{i}" ovf:capacity="1" ovf:parentRef="d{(i + 1) % number}"/>'
        for i in range(number))
    return only(folder, envelope(sections=disk_section(disks)))


@kind("graph", 2_000, 100_000)
def disks_of_one_file(folder, number):
    refs = file_reference(1, "disk.bin")
    disks = "".join(disk_reference(i, file=1) for i in range(number))
    return write(
        folder, [member("app.ovf", envelope(refs, disk_section(disks))), member("disk.bin", b"x")],
        members=2, references=1)


@kind("graph", 2_000, 100_000)
def drives_of_one_disk(folder, number):
    more = "<rasd:HostResource>ovf:/disk/d1</rasd:HostResource>"
    items = "".join(item(i, 17, more) for i in range(number))
    return only(
        folder, envelope(file_reference(1, "x"), disk_section(disk_reference(1)), hardware(items)),
        references=1)


@kind("graph", 1_000, 40_000)
def drives_each_of_its_disk(folder, number):
    refs = "".join(file_reference(i, f"{i}.vmdk") for i in range(number))
    disks = "".join(disk_reference(i) for i in range(number))
    items = "".join(
        item(i, 17, f"<rasd:HostResource>ovf:/disk/d{i}</rasd:HostResource>")
        for i in range(number))
    return only(
        folder, envelope(refs, disk_section(disks), hardware(items)), references=number)


@kind("graph", 1_000, 60_000)
def networks_and_their_adapters(folder, number):
    nets = "".join(f'<Network ovf:name="n{i}"/>' for i in range(number))
    items = "".join(
        f"<Item><rasd:Connection>n{i}</rasd:Connection><rasd:ElementName>i</rasd:ElementName>"
        f"<rasd:InstanceID>{i}</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></Item>"
        for i in range(number))
    return only(
        folder, envelope(sections=f"<NetworkSection><Info/>{nets}</NetworkSection>",
                         system=hardware(items)))


@kind("graph", 300, 10_000)
def configurations_and_their_items(folder, number):
    options = "".join(
        f'<Configuration ovf:id="c{i}"><Label>l</Label><Description>d</Description></Configuration>'
        for i in range(number))
    items = "".join(
        item(1).replace("<Item>", f'<Item ovf:configuration="c{i}">') for i in range(number))
    return only(
        folder, envelope(
            sections=f"<DeploymentOptionSection><Info/>{options}</DeploymentOptionSection>",
            system=hardware(items)))


@kind("graph", 100, 2_000)
def items_of_all_configurations(folder, number):
    """Each item names every configuration."""
    options = "".join(
        f'<Configuration ovf:id="c{i}"><Label>l</Label><Description>d</Description></Configuration>'
        for i in range(100))
    names = " ".join(f"c{i}" for i in range(100))
    items = item(1).replace("<Item>", f'<Item ovf:configuration="{names}">') * number
    return only(
        folder, envelope(
            sections=f"<DeploymentOptionSection><Info/>{options}</DeploymentOptionSection>",
            system=hardware(items)))


@kind("graph", 1_000, 60_000)
def properties_without_end(folder, number):
    props = "".join(
        f'<Property ovf:key="k{i}" ovf:type="string" ovf:userConfigurable="true"/>'
        for i in range(number))
    return only(
        folder, envelope(system=f"<ProductSection><Info/>{props}</ProductSection>"))


@kind("graph", 1_000, 60_000)
def properties_of_one_key(folder, number):
    prop = '<Property ovf:key="k" ovf:type="string" ovf:qualifiers="MinLen(1) MaxLen(9)"/>'
    return only(
        folder, envelope(system=f"<ProductSection><Info/>{prop * number}</ProductSection>"))


@kind("graph", 20_000, 700_000)
def a_map_of_values(folder, number):
    values = ",".join(f"&quot;{i}&quot;" for i in range(number))
    prop = f'<Property ovf:key="k" ovf:type="string" ovf:value="x" ovf:qualifiers="ValueMap{{{values}}}"/>'
    return only(folder, envelope(system=f"<ProductSection><Info/>{prop}</ProductSection>"))


@kind("graph", 500, 20_000)
def products_without_end(folder, number):
    product = "<ProductSection><Info/><Product>p</Product><Vendor>v</Vendor></ProductSection>"
    return only(folder, envelope(system=product * number))


@kind("graph", 500, 20_000)
def machines_without_end(folder, number):
    machines = "".join(
        f'<VirtualSystem ovf:id="m{i}"><Info/>{hardware(item(1))}</VirtualSystem>'
        for i in range(number))
    text = envelope(system="</VirtualSystem><VirtualSystemCollection ovf:id=\"c\"><Info/>"
                    f"{machines}</VirtualSystemCollection><VirtualSystem ovf:id=\"z\"><Info/>")
    return only(folder, text)


@kind("graph", 60, 240)
def collections_in_collections(folder, number):
    start = "".join(
        f'<VirtualSystemCollection ovf:id="c{i}"><Info/>' for i in range(number))
    text = envelope().replace(
        b"</References>", b"</References>" + start.encode()
        + b"</VirtualSystemCollection>" * number)
    return only(folder, text)


@kind("graph", 1_000, 60_000)
def startup_items_without_end(folder, number):
    items = "".join(f'<Item ovf:id="vm{i}" ovf:order="{i}"/>' for i in range(number))
    return only(
        folder, envelope(sections=f"<StartupSection><Info/>{items}</StartupSection>"))


@kind("graph", 500, 20_000)
def placement_groups_in_a_circle(folder, number):
    groups = "".join(
        f'<PlacementGroupSection ovf:id="g{i}" ovf:policy="affinity"><Info/></PlacementGroupSection>'
        for i in range(number))
    return only(folder, envelope(sections=groups, system=(
        '<PlacementSection ovf:group="g0"><Info/></PlacementSection>' * number)))


@kind("strings", 1_000, 60_000)
def messages_without_end(folder, number):
    texts = "".join(f'<Msg ovf:msgid="m{i}">t</Msg>' for i in range(number))
    uses = "".join(f'<Annotation ovf:msgid="m{i}"/>' for i in range(number))
    text = envelope(system=f"<AnnotationSection><Info/>{uses}</AnnotationSection>")
    return only(
        folder, text.replace(b"</Envelope>", f'<Strings xml:lang="de">{texts}</Strings></Envelope>'.encode()))


@kind("strings", 100, 4_000)
def bundles_of_one_file(folder, number):
    """Every bundle is the same external file, of 16 KiB."""
    bundle = f'<Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1">{"<Msg/>" * 2_700}</Strings>'
    text = envelope(file_reference(1, "de.msg")).replace(
        b"</Envelope>", b'<Strings xml:lang="de" ovf:fileRef="f1"/>' * number + b"</Envelope>")
    return write(
        folder, [member("app.ovf", text), member("de.msg", bundle.encode())], members=2)


@kind("strings", 2, 40)
def bundles_of_mebibytes(folder, number):
    bundle = f"<Strings>{'<Msg/>' * 160_000}</Strings>".encode()
    refs = "".join(file_reference(i, f"{i}.msg") for i in range(number))
    text = envelope(refs).replace(
        b"</Envelope>",
        "".join(f'<Strings xml:lang="l{i}" ovf:fileRef="f{i}"/>' for i in range(number)).encode()
        + b"</Envelope>")
    return write(
        folder, [member("app.ovf", text)] + [member(f"{i}.msg", bundle) for i in range(number)],
        members=number + 1, references=number)


@kind("vendor", 2_000, 100_000)
def extra_settings_without_end(folder, number):
    settings = "".join(f'<vmw:ExtraConfig vmw:key="k{i}" vmw:value="v"/>' for i in range(number))
    return only(folder, envelope(system=hardware(settings)))
