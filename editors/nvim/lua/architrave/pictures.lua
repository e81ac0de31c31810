-- Pictures of the architecture, of a route, a model or a package. The server draws them.

local client = require('architrave.client')

local M = {}

---The names of the pictures, and which field of the argument a name on the command line sets.
M.KINDS = { architecture = false, sequence = 'route', entities = 'around', dependencies = 'package' }

local function show(title, text)
  local name = 'architrave-picture://' .. title:gsub('[^%w/]+', '-')
  vim.cmd('botright new')
  local old = vim.fn.bufnr('^' .. vim.fn.escape(name, '*?[]{},') .. '$')
  if old ~= -1 then
    vim.api.nvim_buf_delete(old, { force = true })
  end
  vim.api.nvim_buf_set_name(0, name)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(text), '\n'))
  for option, value in pairs({ buftype = 'nofile', bufhidden = 'wipe', swapfile = false, modifiable = false, filetype = 'markdown' }) do
    vim.opt_local[option] = value
  end
  vim.api.nvim_buf_set_keymap(0, 'n', 'q', '<Cmd>close<CR>', { noremap = true, silent = true })
end

---Draws what the argument describes; if several routes match, the user picks one.
---@param buffer integer
---@param argument table see `architrave.draw` in editors/README.md
function M.draw(buffer, argument)
  local server = client.of(buffer)
  if not server then
    return
  end
  client.run(server, 'architrave.draw', { argument }, buffer, function(answer)
    if type(answer) ~= 'table' or not answer.ready then
      vim.notify('Architrave: the project is still being read', vim.log.levels.WARN)
    elseif answer.choices then
      local options = {
        prompt = 'Show sequence of',
        kind = 'architrave.picture',
        format_item = function(choice)
          return choice.title
        end,
      }
      vim.ui.select(answer.choices, options, function(choice)
        if choice then
          M.draw(buffer, choice.argument)
        end
      end)
    elseif not argument.show then
      show(answer.title, answer.text)
    end
  end)
end

---`:ArchitraveShow sequence GET /orders`
---@param buffer integer
---@param kind string
---@param name string?
---@param as_svg boolean whether the system's viewer shows it as SVG
function M.command(buffer, kind, name, as_svg)
  local part = M.KINDS[kind]
  if part == nil then
    vim.notify('Architrave: there is no picture `' .. kind .. '`', vim.log.levels.ERROR)
    return
  end
  local cursor = vim.api.nvim_win_get_cursor(0)
  local argument = {
    picture = kind,
    document = vim.uri_from_bufnr(buffer),
    position = { line = cursor[1] - 1, character = 0 },
    form = as_svg and 'svg' or 'markdown',
    show = as_svg,
  }
  if part and name and name ~= '' then
    argument[part] = name
  end
  M.draw(buffer, argument)
end

return M
