//! Programs of every format, made here, with records in their sections.

use coexist::format::MAGIC;
use object::write::{Object, StandardSegment};
use object::{Architecture, BinaryFormat, Endianness, SectionKind, pe};

/// One record in its frame.
pub(crate) fn frame(json: &str) -> Vec<u8> {
    let length = u32::try_from(json.len()).unwrap().to_le_bytes();
    [&MAGIC[..], &length, json.as_bytes()].concat()
}

/// The record of a handler `POST /imports/csv` of this package.
pub(crate) fn handler(package: &str, version: &str) -> String {
    format!(
        r#"{{"format":1,"package":"{package}","version":"{version}","handler":{{"id":"{package}::import_csv","method":"POST","path":"/imports/csv","since":"1.0.0","encoding":"urlencoded","source":{{"file":"src/imports.rs","line":12}},"unknown_fields":"ignore","fields":[{{"name":"file_name","required":true,"type":"text"}},{{"flatten":true,"unknown_fields":"ignore","fields":[{{"name":"page","required":false,"type":"integer","min":0,"max":255}}]}}]}}}}"#
    )
}

/// The record of a form that posts to that handler.
pub(crate) fn form(package: &str, version: &str) -> String {
    format!(
        r#"{{"format":1,"package":"{package}","version":"{version}","form":{{"id":"r#{package}::upload","since":"1.0.0","posts_to":[{{"method":"POST","path":"/imports/csv","encoding":"urlencoded"}}],"pages":[{{"method":"GET","path":"/imports"}}],"source":{{"file":"src/pages.rs","line":30}}}}}}"#
    )
}

/// The section of a build with these records.
pub(crate) fn section(records: &[String]) -> Vec<u8> {
    records.iter().flat_map(|record| frame(record)).collect()
}

/// An ELF or Mach-O file with these sections of one name.
fn with_segments(format: BinaryFormat, architecture: Architecture, sections: &[&[u8]]) -> Vec<u8> {
    let mut object = Object::new(format, architecture, Endianness::Little);
    let is_mach_o = format == BinaryFormat::MachO;
    let (segment, name) = if is_mach_o {
        ("__DATA", "__coexist")
    } else {
        ("", ".coexist")
    };
    let text = object.segment_name(StandardSegment::Text).to_vec();
    let code = object.add_section(text, b"__text".to_vec(), SectionKind::Text);
    object.append_section_data(code, b"not our bytes", 16);
    for section in sections {
        let id = object.add_section(segment.into(), name.into(), SectionKind::ReadOnlyData);
        object.append_section_data(id, section, 1);
    }
    object.write().unwrap()
}

pub(crate) fn elf(section: &[u8]) -> Vec<u8> {
    elf_of(&[section])
}

/// An ELF file with several sections of the name.
pub(crate) fn elf_of(sections: &[&[u8]]) -> Vec<u8> {
    with_segments(BinaryFormat::Elf, Architecture::X86_64, sections)
}

pub(crate) fn elf_32(section: &[u8]) -> Vec<u8> {
    with_segments(BinaryFormat::Elf, Architecture::Arm, &[section])
}

pub(crate) fn mach_o(section: &[u8]) -> Vec<u8> {
    mach_o_of(&[section])
}

/// A Mach-O file with several sections of the name.
pub(crate) fn mach_o_of(sections: &[&[u8]]) -> Vec<u8> {
    with_segments(BinaryFormat::MachO, Architecture::Aarch64, sections)
}

/// A universal Mach-O file of two slices (`mach-o/fat.h`).
pub(crate) fn universal_mach_o(slices: [&[u8]; 2]) -> Vec<u8> {
    let mut file = 0xCAFE_BABE_u32.to_be_bytes().to_vec();
    file.extend(2_u32.to_be_bytes());
    let mut at = 0x1000;
    for (cpu, slice) in [0x0100_000C_u32, 0x0100_0007].into_iter().zip(slices) {
        let size = u32::try_from(slice.len()).unwrap();
        for number in [cpu, 0, at, size, 12] {
            file.extend(number.to_be_bytes());
        }
        at += 0x1000 * (1 + size / 0x1000);
    }
    for slice in slices {
        file.resize(file.len().div_ceil(0x1000) * 0x1000, 0);
        file.extend(slice);
    }
    file
}

pub(crate) fn pe(section: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut writer = object::write::pe::Writer::new(true, 0x1000, 0x200, &mut file);
    writer.reserve_dos_header_and_stub();
    writer.reserve_nt_headers(16);
    writer.reserve_section_headers(2);
    let text = writer.reserve_text_section(16);
    let size = u32::try_from(section.len()).unwrap();
    let flags = pe::IMAGE_SCN_CNT_INITIALIZED_DATA | pe::IMAGE_SCN_MEM_READ;
    let records = writer.reserve_section(*b".coexist", flags, size, size);
    writer.write_dos_header_and_stub().unwrap();
    writer.write_nt_headers(object::write::pe::NtHeaders {
        machine: pe::IMAGE_FILE_MACHINE_AMD64,
        time_date_stamp: 0,
        characteristics: pe::IMAGE_FILE_EXECUTABLE_IMAGE,
        major_linker_version: 0,
        minor_linker_version: 0,
        address_of_entry_point: text.virtual_address,
        image_base: 0x1_4000_0000,
        major_operating_system_version: 0,
        minor_operating_system_version: 0,
        major_image_version: 0,
        minor_image_version: 0,
        major_subsystem_version: 0,
        minor_subsystem_version: 0,
        subsystem: pe::IMAGE_SUBSYSTEM_WINDOWS_CUI,
        dll_characteristics: object::pe::DllFlags::default(),
        size_of_stack_reserve: 0,
        size_of_stack_commit: 0,
        size_of_heap_reserve: 0,
        size_of_heap_commit: 0,
    });
    writer.write_section_headers();
    writer.write_section(text.file_offset, &[0x90; 16]);
    writer.write_section(records.file_offset, section);
    file
}

/// A wasm module with one custom section (WebAssembly core specification, 5.5.3).
pub(crate) fn wasm(section: &[u8]) -> Vec<u8> {
    wasm_of(&[section])
}

/// A wasm module with several custom sections of the name.
pub(crate) fn wasm_of(sections: &[&[u8]]) -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    for section in sections {
        module.extend(custom_section(section));
    }
    module
}

fn custom_section(section: &[u8]) -> Vec<u8> {
    let name = b".coexist";
    let mut module = vec![0];
    let mut size = 1 + name.len() + section.len();
    while size >= 0x80 {
        module.push(u8::try_from(size & 0x7F).unwrap() | 0x80);
        size >>= 7;
    }
    module.push(u8::try_from(size).unwrap());
    module.push(8);
    module.extend(name);
    module.extend(section);
    module
}
